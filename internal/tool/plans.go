package tool

import (
	"fmt"
	"io"
	"strings"

	"woven/engine"
	"woven/engine/check"
)

// rulePlansJSON is a rule with its plans.
type rulePlansJSON struct {
	Rule  string     `json:"rule"`
	Place string     `json:"place"`
	Plans []planJSON `json:"plans"`
}

type planJSON struct {
	Driver string     `json:"driver"` // the atom whose changes drive the plan
	Binds  []string   `json:"binds,omitempty"`
	Steps  []stepJSON `json:"steps"`
}

type stepJSON struct {
	Kind    string   `json:"kind"`
	Literal string   `json:"literal"`
	Index   []string `json:"index,omitempty"`
	Binds   []string `json:"binds,omitempty"`
}

func rulePlans(p *check.Program) ([]rulePlansJSON, error) {
	plans, err := engine.Plans(p)
	if err != nil {
		return nil, err
	}
	var out []rulePlansJSON
	for _, r := range plans {
		if len(r.Plans) == 0 {
			continue // a fact
		}
		rule := rulePlansJSON{Rule: r.Rule, Place: r.Pos.String()}
		for _, p := range r.Plans {
			plan := planJSON{Driver: p.Driver, Binds: p.Binds, Steps: []stepJSON{}}
			for _, s := range p.Steps {
				plan.Steps = append(plan.Steps, stepJSON(s))
			}
			rule.Plans = append(rule.Plans, plan)
		}
		out = append(out, rule)
	}
	return out, nil
}

// printPlans prints plans for people.
func printPlans(w io.Writer, rules []rulePlansJSON) {
	sweeps := 0
	for _, r := range rules {
		fmt.Fprintf(w, "%s  %s\n", r.Rule, r.Place)
		for _, p := range r.Plans {
			fmt.Fprintf(w, "  change of %s%s\n", p.Driver, bindsText(p.Binds))
			for _, s := range p.Steps {
				fmt.Fprintf(w, "    %s\n", stepText(s))
				if s.Kind == "sweep" {
					sweeps++
				}
			}
		}
	}
	if sweeps > 0 {
		fmt.Fprintf(w, "%s: steps that cost as much as their relation is large\n",
			count(sweeps, "SWEEP"))
	}
}

func stepText(s stepJSON) string {
	text := s.Kind
	switch {
	case s.Kind == "sweep" && len(s.Index) > 0:
		text = "SWEEP by (" + strings.Join(s.Index, ", ") + ")"
	case s.Kind == "sweep":
		text = "SWEEP"
	case len(s.Index) > 0:
		text += " by (" + strings.Join(s.Index, ", ") + ")"
	}
	return text + "  " + s.Literal + bindsText(s.Binds)
}

func bindsText(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "  -> " + strings.Join(names, ", ")
}
