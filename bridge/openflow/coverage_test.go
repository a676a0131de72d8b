package openflow

import (
	"encoding/hex"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Each action that is read by name is among the cases that are compared with ovs-ofctl.
func TestCasesHaveEachAction(t *testing.T) {
	all := strings.Join(actionCases, ",")
	for name := range actionParsers {
		if name == "CONTROLLER" {
			continue // How a dump spells controller, which the cases are compared with.
		}
		require.Regexp(t, regexp.MustCompile(`(^|[^a-z_])`+name+`($|[^a-z_0-9])`), all, name)
	}
}

// Each field has a place in the order of encoding, or is no part of matches.
func TestEachFieldIsEncoded(t *testing.T) {
	ranks := map[uint8]Field{}
	for f := Field(1); f < fieldsEnd; f++ {
		require.NotEmpty(t, f.Name())
		require.Equal(t, f, FieldByName(f.Name()))
		if f > FieldTCPFlags {
			require.Empty(t, f.MatchName(), f)
			continue
		}
		require.NotEmpty(t, f.MatchName(), f)
		// Two registers are encoded as one.
		name := f
		if f >= FieldReg0 && f < FieldReg0+16 {
			name = Reg(int(f-FieldReg0) &^ 1)
		}
		other, taken := ranks[wireRank[f]]
		require.True(t, !taken || other == name, "%s and %s", f, other)
		ranks[wireRank[f]] = name
	}
	require.Zero(t, FieldByName("nosuch"))
}

// The names of ovs-fields(7) that are aliases find the same field.
func TestFieldAliases(t *testing.T) {
	for alias, name := range map[string]string{
		"nw_src": "ip_src", "OXM_OF_IPV4_SRC": "ip_src", "NXM_OF_IP_SRC": "ip_src",
		"dl_src": "eth_src", "tunnel_id": "tun_id", "ip_proto": "nw_proto", "nw_frag": "ip_frag",
		"ip_ecn": "nw_ecn", "dl_type": "eth_type", "tp_src": "tcp_src", "NXM_NX_REG15": "reg15",
		"OXM_OF_PKT_REG7": "xreg7", "NXM_NX_XXREG3": "xxreg3", "NXM_NX_TUN_METADATA63": "tun_metadata63",
	} {
		require.Equal(t, name, FieldByName(alias).Name())
	}
}

// Errors have the names that ovs-ofctl prints for the same bytes.
func TestErrorNamesAreAsOfctlHasThem(t *testing.T) {
	s := startSwitch(t)
	var errors []*Error
	for kind, e := range errorNames {
		for code := range strings.Fields(e.codes) {
			errors = append(errors, &Error{Type: uint16(kind), Code: uint16(code)})
		}
		errors = append(errors, &Error{Type: uint16(kind), Code: 99})
	}
	for kind := range uint16(60) {
		errors = append(errors, &Error{Type: kind, Experimenter: nicira})
	}
	errors = append(errors, &Error{Type: 99, Code: 1}, &Error{Type: 1, Experimenter: 0x1234})
	name := regexp.MustCompile(`^OFPT_ERROR \(OF1\.5\) \(xid=0x7\): (.*)$`)
	for _, e := range errors {
		message, err := e.Append(nil, 7)
		require.NoError(t, err)
		back, err := DecodeErrorMessage(message)
		require.NoError(t, err)
		require.ErrorIs(t, back, e)
		printed := s.run("ovs-ofctl", "ofp-print", hex.EncodeToString(message))
		first, _, _ := strings.Cut(printed, "\n")
		found := name.FindStringSubmatch(first)
		if strings.HasPrefix(e.Name(), "error type ") {
			require.True(t, found == nil || !strings.HasPrefix(found[1], "OFP") &&
				!strings.HasPrefix(found[1], "NX"), "%s is %s", e.Name(), first)
			continue
		}
		require.NotNil(t, found, "%s is %s", e.Name(), printed)
		require.Equal(t, found[1], e.Name())
	}
}
