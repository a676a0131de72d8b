package flows

import (
	"errors"

	"woven/bridge/openflow"
)

// errUnknownMeter says that there is no meter with the number.
var errUnknownMeter = &openflow.Error{Type: 12, Code: 3}

// remedies say what to do about errors of the switch; the first that fits counts. A code of 0xffff
// stands for all codes of the type.
var remedies = []struct {
	error  *openflow.Error
	remedy string
}{
	{&openflow.Error{Type: 5, Code: 1}, "raise or clear the table's flow_limit (Flow_Table, ovs-vsctl(8))"},
	{&openflow.Error{Type: 6, Code: 3}, "use fewer groups: the switch has no room for more"},
	{&openflow.Error{Type: 6, Code: 4}, "use fewer buckets: the switch has no room for more"},
	{&openflow.Error{Type: 12, Code: 10}, "use fewer meters: the switch, or its datapath, has no room for more"},
	{&openflow.Error{Type: 2, Code: 0xffff}, "the actions do not fit the match, or the switch is too old for them"},
	{&openflow.Error{Type: 3, Code: 0xffff}, "the switch is too old for the instructions"},
	{&openflow.Error{Type: 4, Code: 0xffff}, "the match contradicts itself, or the switch is too old for it"},
	{&openflow.Error{Type: 6, Code: 0xffff}, "correct the group, or use a newer switch"},
	{&openflow.Error{Type: 12, Code: 0xffff}, "correct the meter, or use a datapath with meters"},
	{openflow.ErrBadExperimenterType, "use a newer Open vSwitch"},
}

// reasonOf is what a problem says of a refusal.
func reasonOf(err *openflow.Error) string {
	reason := "the switch refuses it: " + err.Error()
	for _, r := range remedies {
		all := r.error.Code == 0xffff && r.error.Type == err.Type && err.Experimenter == 0
		if all || errors.Is(err, r.error) {
			reason += ": " + r.remedy
			break
		}
	}
	return reason + ". It is tried again when it changes, or when the switch is connected to again"
}
