# Aggregates over large groups: what a group remembers, and what is made of all its members.

Decl member(Group, Number, Name) descr [doc("Name is a member of Group."), extensional()]
  bound [/number, /number, /string].
Decl summary(Group, Count, Sum, Least, Greatest, First)
  descr [doc("What can be said of Group without listing it."), output()]
  bound [/number, /number, /number, /number, /number, /string].
Decl roll(Group, Numbers, Names) descr [doc("The members of Group in order."), output()]
  bound [/number, .List</number>, /string].

summary(Group, Count, Sum, Least, Greatest, First) :- member(Group, Number, Name)
  |> do fn:group_by(Group), let Count = fn:count(), let Sum = fn:sum(Number),
     let Least = fn:min(Number), let Greatest = fn:max(Number), let First = fn:least_by(Number, Name).

roll(Group, Numbers, Names) :- member(Group, Number, Name)
  |> do fn:group_by(Group), let Numbers = fn:collect(Number), let Names = fn:join(Name, ",").
