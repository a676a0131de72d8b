# OpenFlow groups: choices between several ways, such as the backends of a load balancer.
#
# ovs-ofctl(8), "Group Syntax". Fills no table.

Decl group_id(Pool, Text, Id)
  descr [
    doc("The OpenFlow group Id has type, method and buckets as in Text."),
    allocator("group_owner", "group_range", "group_wanted", "group_remembered")]
  bound [/string, /string, /number].

# A group is there while some actions use it.
group_owner("groups", Group) :- action_group(_, _, _, _, _, Group).
group_range("groups", 1, 4294967039).

Decl group_wanted(Pool, Text, Id)
  descr [doc("Nobody wants a particular number.")]
  bound [/string, /string, /number].

# The switch remembers the numbers over a restart.
group_remembered("groups", Group, Id) :- group_held(Group, Id).

# What has a number is installed.
group(Id, Group) :- group_id("groups", Group, Id).
