# RBAC: what a hypervisor may write to the Southbound when it connects in the role ovn-controller.
#
# ovn-architecture(7), "Security", "Role-Based Access Controls for the Southbound DB"; ovn-sb(5),
# tables RBAC_Role and RBAC_Permission. Fills no stage.

Decl table.sb.RBAC_Role()
  descr [
    doc("Each row belongs to the role of that name; others are deleted."),
    key("name"),
    owned("permissions"),
    output()].

Decl table.sb.RBAC_Permission()
  descr [
    doc("Each row belongs to the table that it names; others are deleted."),
    key("table"),
    owned("authorization", "insert_delete", "update"),
    output()].

# may_change(Table, Authorization, InsertDelete): rows of Table may be changed by whom they belong
# to, which the column Authorization tells, or by all if that is empty; they may be inserted and
# deleted too if InsertDelete.
may_change("BFD", "", /false).
may_change("Chassis", "name", /true).
may_change("Chassis_Private", "name", /true).
may_change("Controller_Event", "", /true).
may_change("Encap", "chassis_name", /true).
may_change("FDB", "", /true).
may_change("IGMP_Group", "", /true).
may_change("MAC_Binding", "", /true).
may_change("Port_Binding", "", /false).
may_change("Service_Monitor", "", /false).

# may_update(Table, Column): that column may be written.
may_update("BFD", "status").
may_update("Chassis", "encaps").
may_update("Chassis", "external_ids").
may_update("Chassis", "nb_cfg").
may_update("Chassis", "other_config").
may_update("Chassis", "transport_zones").
may_update("Chassis", "vtep_logical_switches").
may_update("Chassis_Private", "chassis").
may_update("Chassis_Private", "external_ids").
may_update("Chassis_Private", "nb_cfg").
may_update("Chassis_Private", "nb_cfg_timestamp").
may_update("Controller_Event", "chassis").
may_update("Controller_Event", "event_info").
may_update("Controller_Event", "event_type").
may_update("Controller_Event", "seq_num").
may_update("Encap", "ip").
may_update("Encap", "options").
may_update("Encap", "type").
may_update("FDB", "dp_key").
may_update("FDB", "mac").
may_update("FDB", "port_key").
may_update("IGMP_Group", "address").
may_update("IGMP_Group", "chassis").
may_update("IGMP_Group", "datapath").
may_update("IGMP_Group", "ports").
may_update("MAC_Binding", "datapath").
may_update("MAC_Binding", "ip").
may_update("MAC_Binding", "logical_port").
may_update("MAC_Binding", "mac").
may_update("MAC_Binding", "timestamp").
may_update("Port_Binding", "additional_chassis").
may_update("Port_Binding", "additional_encap").
may_update("Port_Binding", "chassis").
may_update("Port_Binding", "encap").
may_update("Port_Binding", "options").
may_update("Port_Binding", "up").
may_update("Port_Binding", "virtual_parent").
may_update("Service_Monitor", "status").

want.sb.RBAC_Permission(fn:uuid("RBAC", Table)) :- may_change(Table, _, _).
want.sb.RBAC_Permission.table(fn:uuid("RBAC", Table), Table) :- may_change(Table, _, _).
want.sb.RBAC_Permission.authorization(fn:uuid("RBAC", Table), Authorization) :-
  may_change(Table, Authorization, _).
want.sb.RBAC_Permission.insert_delete(fn:uuid("RBAC", Table), Value) :- may_change(Table, _, Value).
want.sb.RBAC_Permission.update(fn:uuid("RBAC", Table), Column) :- may_update(Table, Column).

want.sb.RBAC_Role(fn:uuid("RBAC role", "ovn-controller")).
want.sb.RBAC_Role.name(fn:uuid("RBAC role", "ovn-controller"), "ovn-controller").
want.sb.RBAC_Role.permissions(fn:uuid("RBAC role", "ovn-controller"), Table,
    fn:uuid("RBAC", Table)) :-
  may_change(Table, _, _).
