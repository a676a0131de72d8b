package function

// Default returns a new registry with everything that woven's rules may call.
func Default() *Registry {
	r := NewRegistry()
	for _, add := range []func(*Registry){addFormat, addText, addTextTests, addTextParts, addTextNumbers,
		addIntegers, addBits, addFloats, addConditions, addMAC, addIP, addIPParts, addIPDerived, addUUID,
		addHash, addLists, addListPredicates, addMaps, addStructs, addRange, addReducers, addCollectors,
		addLSPAddress, addPortSecurity} {
		add(r)
	}
	return r
}
