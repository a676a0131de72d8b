# The way of packets that no port, tunnel or group has a flow for, from table to table.
#
# ovn-architecture(7), "Architectural Physical Life Cycle of a Packet". Fills OpenFlow tables 0, 37
# to 41, 64 and 65.

# Nothing enters or leaves that is not known.
flow_candidate(0, 0, "", "drop", 0, 1).
flow_candidate(40, 0, "", "drop", 0, 1).
flow_candidate(65, 0, "", "drop", 0, 1).

# Tables 37 and 38 are for packets that are too large for a tunnel. What is to come back to its
# sender has no tunnel before it.
flow_candidate(37, 0, "", "resubmit(,39)", 0, 0).
flow_candidate(38, 0, "", "resubmit(,39)", 0, 0).
flow_candidate(38, 10, "reg10=0x1/0x1", "resubmit(,40)", 0, 0).

# What is for no other hypervisor is for this one. A packet from a VXLAN gateway has been
# replicated already (bit 1 of the flags), one of bit 4 is for this hypervisor only.
flow_candidate(39, 0, "", "resubmit(,40)", 0, 0).
flow_candidate(39, 150, "reg10=0x2/0x3", "resubmit(,40)", 0, 0).
flow_candidate(39, 150, "reg10=0x10/0x10", "resubmit(,40)", 0, 0).

# The egress pipeline begins with empty registers, wherever the ingress pipeline ran.
flow_candidate(41, 0, "", Actions, 0, 0) :-
  Actions = fn:fmt("%s,%s,resubmit(,42)",
    "set_field:0->reg0,set_field:0->reg1,set_field:0->reg2,set_field:0->reg3,set_field:0->reg4",
    "set_field:0->reg5,set_field:0->reg6,set_field:0->reg7,set_field:0->reg8,set_field:0->reg9").

flow_candidate(64, 0, "", "resubmit(,65)", 0, 0).
