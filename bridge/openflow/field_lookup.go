package openflow

// byFieldName finds fields by any of their names.
var byFieldName = map[string]Field{}

// byHeader finds fields by class and number, which are 7 bits.
var byHeader [5][128]Field

// indexFields fills the two indexes from the table.
func indexFields() {
	for f := Field(1); f < fieldsEnd; f++ {
		info := &fields[f]
		for _, name := range []string{info.name, info.alias, info.oxm.name, info.nxm.name} {
			if name != "" {
				byFieldName[name] = f
			}
		}
		for _, e := range []encoding{info.oxm, info.nxm} {
			if e.name != "" {
				byHeader[classIndex(e.class)][e.number] = f
			}
		}
	}
}

// classIndex is the row of byHeader for a class, or -1.
func classIndex(class uint16) int {
	switch class {
	case classNXM0, classNXM1:
		return int(class)
	case classOXM:
		return 2
	case classRegister:
		return 3
	case classEricsson:
		return 4
	}
	return -1
}

// FieldByName finds a field by a name of ovs-fields(7): "ip_src", "nw_src", "OXM_OF_IPV4_SRC" or
// "NXM_OF_IP_SRC". It is 0 if there is none.
func FieldByName(name string) Field { return byFieldName[name] }
