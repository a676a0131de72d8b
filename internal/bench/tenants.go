package bench

import "fmt"

// The scenario tenants: every tenant has four switches of 48 ports, each port with an IPv4 and
// an IPv6 address and port security, which makes 960 logical flows a tenant.
const (
	switchesPerTenant = 4
	portsPerSwitch    = 48
	flowsPerTenant    = switchesPerTenant * portsPerSwitch * 5
)

func benchUUID(kind, a, b int) string {
	return fmt.Sprintf("%08x-0000-4000-8000-%04x%08x", a+1, kind, b)
}

func switchUUID(k int) string  { return benchUUID(1, k, 0) }
func portUUID(k, i int) string { return benchUUID(2, k, i) }

func uuidRef(u string) []any { return []any{"uuid", u} }

func set(elements ...any) []any { return []any{"set", append([]any{}, elements...)} }

// switchRow inserts a switch with the given ports.
func switchRow(k int, ports ...any) operation {
	return operation{"op": "insert", "table": "Logical_Switch", "uuid": switchUUID(k),
		"row": map[string]any{"name": fmt.Sprintf("ls%d", k), "ports": set(ports...)}}
}

// portRow inserts a port, to which a switch must come to refer in the same transaction.
func portRow(k, i int) operation {
	address := fmt.Sprintf("02:00:%02x:%02x:%02x:%02x 10.%d.%d.%d fd00::%x:%x", k>>8&255, k&255,
		i>>8&255, i&255, k>>8&255, k&255, i%254+1, k, i+1)
	return operation{"op": "insert", "table": "Logical_Switch_Port", "uuid": portUUID(k, i),
		"row": map[string]any{"name": fmt.Sprintf("lsp-%d-%d", k, i), "addresses": address,
			"port_security": address}}
}

// tenantOperations inserts one tenant.
func tenantOperations(tenant int) []operation {
	var ops []operation
	for k := tenant * switchesPerTenant; k < (tenant+1)*switchesPerTenant; k++ {
		var ports []any
		for i := range portsPerSwitch {
			ops = append(ops, portRow(k, i))
			ports = append(ports, uuidRef(portUUID(k, i)))
		}
		ops = append(ops, switchRow(k, ports...))
	}
	return ops
}

// fillTenants writes n tenants, a transaction each.
func (s *stack) fillTenants(n int) error {
	_, err := s.nb.transact("OVN_Northbound", operation{"op": "insert", "table": "NB_Global",
		"row": map[string]any{"options": []any{"map", []any{[]any{"mac_prefix", "0a:00:01"},
			[]any{"svc_monitor_mac", "0a:00:01:00:00:01"}}}}})
	for t := 0; t < n && err == nil; t++ {
		_, err = s.nb.transact("OVN_Northbound", tenantOperations(t)...)
	}
	return err
}

// mutatePorts adds a port to a switch's ports or removes it.
func mutatePorts(k int, how string, port string) operation {
	return operation{"op": "mutate", "table": "Logical_Switch",
		"where":     []any{[]any{"_uuid", "==", uuidRef(switchUUID(k))}},
		"mutations": []any{[]any{"ports", how, set(uuidRef(port))}}}
}

// kinds are the kinds of change, each as the operations of its n-th instance.
func kinds(tenants int) []changeKind {
	switches := tenants * switchesPerTenant
	spread := func(n int) int { return n * 7919 % switches }
	return []changeKind{
		{"port add", func(n int) []operation {
			k := spread(n)
			return []operation{portRow(k, 1000+n), mutatePorts(k, "insert", portUUID(k, 1000+n))}
		}},
		{"address change", func(n int) []operation {
			k := spread(n)
			return []operation{{"op": "update", "table": "Logical_Switch_Port",
				"where": []any{[]any{"_uuid", "==", uuidRef(portUUID(k, 1000+n))}},
				"row": map[string]any{"addresses": fmt.Sprintf("02:ff:00:00:%02x:%02x 192.168.%d.%d",
					n>>8&255, n&255, n>>8&255, n&255)}}}
		}},
		{"port delete", func(n int) []operation {
			k := spread(n)
			return []operation{mutatePorts(k, "delete", portUUID(k, 1000+n))}
		}},
		{"switch add", func(n int) []operation {
			return []operation{switchRow(switches + n)}
		}},
		{"switch delete", func(n int) []operation {
			return []operation{{"op": "delete", "table": "Logical_Switch",
				"where": []any{[]any{"_uuid", "==", uuidRef(switchUUID(switches + n))}}}}
		}},
		{"ACL add", func(n int) []operation {
			return aclOperations(spread(n), n)
		}},
	}
}

type changeKind struct {
	name       string
	operations func(n int) []operation
}

func aclOperations(k, n int) []operation {
	acl := benchUUID(3, k, n)
	return []operation{
		{"op": "insert", "table": "ACL", "uuid": acl, "row": map[string]any{"priority": 1000,
			"direction": "to-lport", "match": fmt.Sprintf("ip4.src == 10.9.%d.%d", n>>8, n&255),
			"action": "drop"}},
		{"op": "mutate", "table": "Logical_Switch",
			"where":     []any{[]any{"_uuid", "==", uuidRef(switchUUID(k))}},
			"mutations": []any{[]any{"acls", "insert", set(uuidRef(acl))}}},
	}
}
