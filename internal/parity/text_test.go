package parity

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// richStack runs the reference over a Northbound that fills many tables and returns what it wrote.
func richStack(t *testing.T) (nb, sb Snapshot) {
	s := NewStack(t, true)
	require.NoError(t, s.StartNorthd(Reference()))
	for _, line := range []string{
		`nbctl ls-add sw0 -- ls-add sw1 -- set Logical_Switch sw1 other_config:requested-tnl-key=77`,
		`nbctl lsp-add sw0 p1`,
		`nbctl lsp-set-addresses p1 "02:00:00:00:00:01 10.0.0.1" "02:00:00:00:00:02" unknown`,
		`nbctl lsp-set-port-security p1 02:00:00:00:00:01 -- lsp-set-options p1 requested-chassis=ch1`,
		`nbctl lsp-add sw1 q1 -- pg-add pg1 p1 q1 -- acl-add sw1 to-lport 7 ip drop`,
		`sbctl chassis-add ch1 geneve 127.0.0.1 -- set Chassis ch1 other_config:a=b hostname=h`,
		`sbctl create FDB mac="\"02:00:00:00:00:99\"" dp_key=77 port_key=1`,
		`sbctl create Chassis_Private name=ch1 -- chassis-add lonely geneve 127.0.0.2`,
	} {
		step, err := parseStep(line)
		require.NoError(t, err)
		run := s.NBCtl
		if step.Verb == "sbctl" {
			run = s.SBCtl
		}
		_, err = run(step.Args...)
		require.NoError(t, err)
	}
	require.NoError(t, s.Sync())
	nb, sb, err := s.Snapshots()
	require.NoError(t, err)
	return nb, sb
}

// A comparison is worth as much as what it looks at: whatever value of whatever row is changed, the
// text must change.
func TestTextShowsEveryValue(t *testing.T) {
	nb, sb := richStack(t)
	text := Text(nb, sb, Seeded)
	// A reference is altered to one to this chassis, which no row refers to.
	lonely := slices.IndexFunc(sb["Chassis"], func(r Row) bool { return r.str("name") == "lonely" })
	other := sb["Chassis"][lonely]["_uuid"]
	tables, values := 0, 0
	for table, rows := range sb {
		for _, row := range rows {
			for column, value := range row {
				if column == "_uuid" || column == "_version" {
					continue
				}
				row[column] = altered(value, other)
				require.NotEqual(t, text, Text(nb, sb, Seeded), "%s.%s: %v", table, column, value)
				row[column] = value
				values++
			}
		}
		if len(rows) > 0 {
			tables++
		}
	}
	require.GreaterOrEqual(t, tables, 16, "the stack does not fill enough tables")
	require.Greater(t, values, 1000)
	for table, columns := range nbWritten {
		for _, row := range nb[table] {
			for _, column := range columns {
				value := row[column]
				row[column] = altered(value, other)
				require.NotEqual(t, text, Text(nb, sb, Seeded), "NB %s.%s", table, column)
				row[column] = value
			}
		}
	}
	require.Equal(t, text, Text(nb, sb, Seeded))
}

// altered returns a value of the same type that is different; other is a reference to use.
func altered(value, other any) any {
	if isMap(value) {
		entries := []any{[]any{"planted", "planted"}}
		for _, pair := range pairs(value) {
			entries = append(entries, []any{pair[0], pair[1]})
		}
		return []any{"map", entries}
	}
	if refOf(value) != "" {
		return other
	}
	if _, isSet := value.([]any); isSet {
		more := other
		if all := elements(value); len(all) > 0 && refOf(all[0]) == "" {
			more = "planted"
		}
		return []any{"set", append(slices.Clone(elements(value)), more)}
	}
	switch v := value.(type) {
	case bool:
		return !v
	case float64:
		if v == 0 {
			return 1.0
		}
		return 0.0
	}
	return fmt.Sprint(value) + "planted"
}

func TestTextTakesDanglingReferencesAsAbsent(t *testing.T) {
	nb, sb := richStack(t)
	text := Text(nb, sb, Seeded)
	group := sb["Logical_DP_Group"][0]
	group["datapaths"] = altered(group["datapaths"],
		[]any{"uuid", "00000000-dead-4ead-8ead-000000000000"})
	require.Equal(t, text, Text(nb, sb, Seeded))
}

// Two runs differ in the Southbound's uuids and in the order of rows, and in nothing else.
func TestTextHidesUUIDsAndOrder(t *testing.T) {
	nb, sb := richStack(t)
	encoded, err := json.Marshal(sb)
	require.NoError(t, err)
	other := string(encoded)
	count := 0
	for _, rows := range sb {
		for _, row := range rows {
			count++
			fresh := fmt.Sprintf("%08x-0000-4000-8000-%012x", rand.Uint32(), count)
			other = strings.ReplaceAll(other, row.uuid(), fresh)
		}
	}
	var shuffled Snapshot
	require.NoError(t, json.Unmarshal([]byte(other), &shuffled))
	for _, rows := range shuffled {
		rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	require.Equal(t, Text(nb, sb, Seeded), Text(nb, shuffled, Seeded))
}

func TestColdTextHidesChosenDatapathKeysOnly(t *testing.T) {
	nb, sb := richStack(t)
	text := Text(nb, sb, Cold)
	require.Contains(t, text, "tunnel_key=key:sw0\n")
	require.Contains(t, text, "tunnel_key=77\n", "a key that was asked for is compared")
	require.Contains(t, text, "Port_Group key:sw0_pg1 |")
	require.Contains(t, text, "Port_Group 77_pg1 |")
	for _, row := range sb["Datapath_Binding"] {
		row["tunnel_key"] = row.num("tunnel_key") + 1
	}
	require.NotEqual(t, text, Text(nb, sb, Cold))
}

func TestTextReportsBadGroups(t *testing.T) {
	nb, sb := richStack(t)
	require.NotContains(t, Text(nb, sb, Cold), "| fault:")
	groups := sb["Logical_DP_Group"]
	require.NotEmpty(t, groups)
	sb["Logical_DP_Group"] = append(groups, groups[0], Row{
		"_uuid":     []any{"uuid", "00000000-dead-4ead-8ead-000000000000"},
		"datapaths": sb["Datapath_Binding"][0]["_uuid"],
	})
	text := Text(nb, sb, Cold)
	require.Contains(t, text, "fault: another row has the same datapaths")
	require.Contains(t, text, "fault: fewer than two datapaths")
	require.Contains(t, text, "fault: nothing uses it")
}

func TestHintsNameAReason(t *testing.T) {
	nb, sb := richStack(t)
	require.Empty(t, UnjustifiedHints(nb, sb, nil))
	hinted := 0
	for _, flow := range sb["Logical_Flow"] {
		ids := flow.strmap("external_ids")
		if ids["stage-hint"] == "" {
			continue
		}
		hinted++
		was := flow["external_ids"]
		for _, hint := range []string{"00000000", nb["Logical_Switch"][0].uuid()[:8]} {
			flow["external_ids"] = []any{"map", []any{[]any{"stage-hint", hint}}}
			require.Len(t, UnjustifiedHints(nb, sb, nil), 1, "%s", hint)
		}
		flow["external_ids"] = was
	}
	require.Equal(t, 3, hinted)
	sb["Logical_Flow"][0]["external_ids"] = []any{"map", []any{[]any{"stage-hint", "00000000"}}}
	require.Len(t, UnjustifiedHints(nb, sb, nil), 1)
	require.Empty(t, UnjustifiedHints(nb, sb, sb.Versions()), "a flow that was there before")
}

func TestDiffShowsBothSides(t *testing.T) {
	require.Empty(t, Diff("a", "x\ny\n", "b", "y\nx\n", 9))
	require.Equal(t, "3 rows differ (- only a has it, + only b has it):\n"+
		"- T p1 | mac=1\n+ T p1 | mac=2\n- T p2 | mac=3\n",
		Diff("a", "T p1 | mac=1\nT p2 | mac=3\n", "b", "T p1 | mac=2\n", 9))
	require.Contains(t, Diff("a", "x\nx\n", "b", "x\n", 9), "1 rows differ", "rows are counted")
	require.Contains(t, Diff("a", "x\ny\nz\n", "b", "", 2), "... and 1 more")
}
