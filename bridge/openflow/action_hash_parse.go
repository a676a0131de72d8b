package openflow

import "slices"

// parseBundle reads bundle(fields,basis,algorithm,ofport,members:port,...), and bundle_load with a
// field before the members.
func parseBundle(c call) (Action, error) {
	rest, err := c.parentheses()
	if err != nil {
		return nil, err
	}
	load := c.name.text == "bundle_load"
	var a Bundle
	var item piece
	if a.Fields, rest, err = parseHashFields(rest); err != nil {
		return nil, err
	}
	item, rest = rest.next()
	if a.Basis, err = item.trim().number16(); err != nil {
		return nil, err
	}
	item, rest = rest.next()
	algorithm := slices.Index(bundleNames[:], item.trim().text)
	if algorithm < 0 {
		return nil, item.errorf("bundle chooses by active_backup or hrw")
	}
	a.Algorithm = BundleAlgorithm(algorithm)
	item, rest = rest.next()
	if item.trim().text != "ofport" {
		return nil, item.errorf("members of a bundle are of the kind ofport")
	}
	if load {
		item, rest = rest.next()
		if a.Destination, err = parseSubfield(item.trim()); err != nil {
			return nil, err
		}
	}
	a.Members, err = parseMembers(rest.trim())
	return a, err
}

func parseMembers(p piece) ([]Port, error) {
	name, rest, found := p.cutByte(':')
	if !found || name.text != "members" && name.text != "slaves" {
		return nil, p.errorf("the members are missing: write members:PORT,PORT")
	}
	var members []Port
	for rest.text != "" {
		var item piece
		item, rest = rest.next()
		port, err := parsePort(item.trim())
		if err != nil {
			return nil, err
		}
		members = append(members, port)
	}
	return members, nil
}

func parseHashFields(p piece) (HashFields, piece, error) {
	item, rest := p.next()
	i := slices.Index(hashNames[:], item.trim().text)
	if i < 0 {
		return 0, rest, item.errorf("not what a hash is made from: they are in ovs-actions(7)")
	}
	return HashFields(i), rest, nil
}

// parseMultipath reads multipath(fields,basis,algorithm,links,argument,field).
func parseMultipath(c call) (Action, error) {
	rest, err := c.parentheses()
	if err != nil {
		return nil, err
	}
	var a Multipath
	var item piece
	if a.Fields, rest, err = parseHashFields(rest); err != nil {
		return nil, err
	}
	item, rest = rest.next()
	if a.Basis, err = item.trim().number16(); err != nil {
		return nil, err
	}
	item, rest = rest.next()
	algorithm := slices.Index(multipathNames[:], item.trim().text)
	if algorithm < 0 {
		return nil, item.errorf("multipath chooses by modulo_n, hash_threshold, hrw or iter_hash")
	}
	a.Algorithm = MultipathAlgorithm(algorithm)
	item, rest = rest.next()
	links, err := item.trim().number(65536)
	if err == nil && links == 0 {
		err = item.errorf("there is at least one link")
	}
	if err != nil {
		return nil, err
	}
	item, rest = rest.next()
	argument, err := item.trim().number(0xffffffff)
	if err != nil {
		return nil, err
	}
	a.Links, a.Argument = uint32(links), uint32(argument)
	a.Destination, err = parseSubfield(rest.trim())
	return a, err
}
