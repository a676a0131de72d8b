# SB_Global: the one row of the Southbound about the whole network. It says what NB_Global says, for
# those who do not see the Northbound.
#
# ovn-sb(5), table SB_Global. Fills no stage.

Decl table.sb.SB_Global()
  descr [
    doc("There is one row, which northd inserts if it is missing."),
    key(),
    owned("nb_cfg", "options", "ipsec"),
    output()].

want.sb.SB_Global(fn:uuid("SB_Global")).

# Whoever reads this number knows that the rows made from that Northbound are here too.
want.sb.SB_Global.nb_cfg(fn:uuid("SB_Global"), Number) :- nb.NB_Global.nb_cfg(_, Number).

want.sb.SB_Global.ipsec(fn:uuid("SB_Global"), Value) :- nb.NB_Global.ipsec(_, Value).

# All options are passed on, those that northd sets as northd sets them.
want.sb.SB_Global.options(fn:uuid("SB_Global"), Key, Value) :-
  stored_option(Key, Value),
  !global_option(Key, _),
  !hypervisor_option(Key, _).
want.sb.SB_Global.options(fn:uuid("SB_Global"), Key, Value) :- global_option(Key, Value).

# Old hypervisors remember in the label what they have sent back to where it came from, and the
# others have to look for it there.
hypervisor_option("lb_hairpin_use_ct_mark", "false") :- ct_storage("ct_label", _).
want.sb.SB_Global.options(fn:uuid("SB_Global"), Key, Value) :- hypervisor_option(Key, Value).
