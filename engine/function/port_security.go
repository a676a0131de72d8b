package function

import "net/netip"

// Port security is written like addresses but has no keywords, and the masks count.

func addPortSecurity(r *Registry) {
	r.AddPredicate(
		portMAC(":port_security_mac", "The Ethernet address at the start of an element of a switch "+
			"port's port_security; nothing for errors."),
		portIP(":port_security_ip", "Each IP address of an element of a switch port's port_security with "+
			"its prefix length, and the Ethernet address. Nothing if it has none.",
			func(p netip.Prefix) netip.Prefix { return p }),
		whyNot(":port_security_error", "Why an element of a switch port's port_security means nothing.",
			func(b []byte) string {
				if _, ok := (&scanner{text: b}).mac(); ok {
					return ""
				}
				return noMAC
			}),
		whyNot(":port_security_warning", "Which part of an element of a switch port's port_security is "+
			"ignored.", ignoredPart),
	)
}
