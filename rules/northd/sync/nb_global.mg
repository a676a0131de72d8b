# NB_Global: the one row of the Northbound about the whole network, with the options that northd
# sets.
#
# ovn-nb(5), table NB_Global. Fills no stage; sequence_number.mg writes the counters.

Decl table.nb.NB_Global()
  descr [
    doc("There is one row, which northd inserts if it is missing. Options of the user's stay."),
    key(),
    owned_keys("options", "mac_prefix", "svc_monitor_mac", "max_tunid",
      "northd_internal_version"),
    kept("nb_cfg_timestamp", "sb_cfg", "sb_cfg_timestamp", "hv_cfg", "hv_cfg_timestamp"),
    output()].

want.nb.NB_Global(fn:uuid("NB_Global")).

want.nb.NB_Global.options(fn:uuid("NB_Global"), Key, Value) :- global_option(Key, Value).
