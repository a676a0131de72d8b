package bench

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"woven/engine"
	"woven/engine/check"
	"woven/engine/function"
	"woven/relations"
)

//go:embed ports.mg
var portsProgram string

// compile checks an embedded program; one that does not pass is a defect of the program.
func compile(name, text string, lazy bool) (*engine.Engine, error) {
	p, diagnostics := check.Texts([]check.Source{{Path: name, Text: []byte(text)}},
		function.Default(), check.Options{})
	if p == nil {
		return nil, check.Errors(diagnostics)
	}
	return engine.New(p, relations.NewStore(), engine.Options{LazyText: lazy})
}

const portsPerDatapath = 50

// ports is a cloud of n ports.
type ports struct {
	*engine.Engine
	n                       int
	datapath, port, address *engine.Relation
	flow                    *engine.Relation
}

func newPorts(n int) (*ports, error) {
	e, err := compile("ports.mg", portsProgram, true)
	if err != nil {
		return nil, err
	}
	p := &ports{Engine: e, n: n}
	p.datapath, _ = e.Relation("datapath")
	p.port, _ = e.Relation("port")
	p.address, _ = e.Relation("address")
	p.flow, _ = e.Relation("flow")
	return p, nil
}

func portName(i int) string { return fmt.Sprintf("lsp-%08d", i) }

func portMAC(i int) string {
	return string(relations.AppendMAC(nil, 0x0a0000000000|uint64(i)))
}

func portIP(i int) string {
	return fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255)
}

func datapathName(d int) string { return fmt.Sprintf("ls-%06d", d) }

// rows returns the two facts of a port.
func (p *ports) rows(i int) (port, address []relations.Value) {
	s := p.Store()
	name := s.String(portName(i))
	port = []relations.Value{name, s.String(datapathName(i / portsPerDatapath)),
		s.Number(int64(i%portsPerDatapath + 1))}
	return port, []relations.Value{name, s.String(portMAC(i)), s.String(portIP(i))}
}

// fill puts every port in, in one transaction, and returns how long that took once the names
// and addresses were values, by the clock and of the processors.
func (p *ports) fill() (took, cpu time.Duration, err error) {
	txn, err := p.Begin()
	if err != nil {
		return 0, 0, err
	}
	s := p.Store()
	var datapaths, values []relations.Value // without a pointer a fact, which would be the collector's work
	for d := range (p.n + portsPerDatapath - 1) / portsPerDatapath {
		datapaths = append(datapaths, s.String(datapathName(d)), s.Number(int64(d+1)))
	}
	for i := range p.n {
		port, address := p.rows(i)
		values = append(append(values, port...), address...)
	}
	start, before := time.Now(), cpuTime()
	for ; len(datapaths) > 0; datapaths = datapaths[2:] {
		if err := txn.Insert(p.datapath, datapaths[:2]...); err != nil {
			return 0, 0, err
		}
	}
	for ; len(values) > 0; values = values[6:] {
		if err := txn.Insert(p.port, values[:3]...); err != nil {
			return 0, 0, err
		}
		if err := txn.Insert(p.address, values[3:6]...); err != nil {
			return 0, 0, err
		}
	}
	err = commit(txn)
	return time.Since(start), cpuTime() - before, err
}

type fact struct {
	relation *engine.Relation
	row      []relations.Value
}

func commit(txn *engine.Txn) error {
	c, err := txn.Commit()
	if err != nil {
		return err
	}
	c.Release()
	return nil
}

// set adds or removes one port in a transaction of its own.
func (p *ports) set(i int, present bool) error {
	txn, err := p.Begin()
	if err != nil {
		return err
	}
	port, address := p.rows(i)
	change := txn.Insert
	if !present {
		change = txn.Delete
	}
	if err := change(p.port, port...); err != nil {
		return err
	}
	if err := change(p.address, address...); err != nil {
		return err
	}
	return commit(txn)
}

// Ports measures n ports: the bulk load, the memory, and the addition and removal of one port.
func Ports(n, samples int) (Result, error) {
	empty := rss()
	p, err := newPorts(n)
	if err != nil {
		return Result{}, err
	}
	loading, cpu, err := p.fill()
	if err != nil {
		return Result{}, err
	}
	r := Result{Name: fmt.Sprintf("ports-%s", count(n))}
	r.filled(p.datapath.Len()+p.port.Len()+p.address.Len()+p.flow.Len(), loading, empty)
	r.CPUSeconds = cpu.Seconds()
	took := make([]time.Duration, 0, 2*samples)
	for k := range samples + samples/10 {
		for _, present := range []bool{true, false} {
			start := time.Now()
			if err := p.set(n+k%1000, present); err != nil {
				return Result{}, err
			}
			if k >= samples/10 {
				took = append(took, time.Since(start))
			}
		}
	}
	r.changes(took)
	return r, p.verify(1000, rand.New(rand.NewPCG(1, uint64(n))))
}

func count(n int) string {
	if n%1_000_000 == 0 {
		return fmt.Sprintf("%dm", n/1_000_000)
	}
	return fmt.Sprintf("%dk", n/1000)
}

// verify compares random flows with the formula that the rules stand for. The rows are a set and
// there are five for every port, so that only a flow of no port can be wrong.
func (p *ports) verify(samples int, random *rand.Rand) error {
	if p.flow.Len() != 5*p.n {
		return fmt.Errorf("%d ports make %d flows, not %d", p.n, 5*p.n, p.flow.Len())
	}
	chosen := map[int]bool{}
	for range samples {
		chosen[random.IntN(5*p.n)] = true
	}
	var wrong string
	at := 0
	p.Each(p.flow, func(row []relations.Value) bool {
		if chosen[at] && !p.isFlow(row) {
			wrong = p.FactText(p.flow, row)
		}
		at++
		return wrong == ""
	})
	if wrong != "" {
		return fmt.Errorf("no port has the flow %s", wrong)
	}
	return nil
}

// isFlow reports whether some port of the flow's datapath has it.
func (p *ports) isFlow(row []relations.Value) bool {
	text := p.FactText(p.flow, row)
	first := (int(p.Store().Int(row[0])) - 1) * portsPerDatapath
	for i := range portsPerDatapath {
		if slices.Contains(portFlows(first+i), text) {
			return true
		}
	}
	return false
}

// portFlows spells the five flows of a port.
func portFlows(i int) []string {
	dp, key := i/portsPerDatapath+1, i%portsPerDatapath+1
	name, mac, ip := portName(i), portMAC(i), portIP(i)
	q := `"` + name + `"`
	flow := func(stage string, priority int, match, actions string) string {
		b := fmt.Appendf(nil, "flow(%d, /%s, %d, ", dp, stage, priority)
		b = append(relations.AppendQuoted(b, []byte(match)), ", "...)
		return string(append(relations.AppendQuoted(b, []byte(actions)), ')'))
	}
	return []string{
		flow("l2_lookup", 50, "eth.dst == "+mac,
			fmt.Sprintf("outport = %s; reg15 = %d; output;", q, key)),
		flow("arp_response", 50, "arp.tpa == "+ip+" && arp.op == 1",
			"eth.dst = eth.src; eth.src = "+mac+"; arp.op = 2; arp.sha = "+mac+"; arp.spa = "+ip+
				"; outport = inport; output;"),
		flow("port_security_l2", 50, "inport == "+q+" && eth.src == {"+mac+"}",
			fmt.Sprintf("reg14 = %d; next;", key)),
		flow("port_security_ip", 90, "inport == "+q+" && eth.src == "+mac+" && ip4.src == {"+ip+"}",
			fmt.Sprintf("reg13 = %d; next;", key)),
		flow("port_security_out", 90, "outport == "+q+" && eth.dst == "+mac+
			" && ip4.dst == {255.255.255.255, 224.0.0.0/4, "+ip+"}",
			fmt.Sprintf("reg12 = %d; output;", key)),
	}
}
