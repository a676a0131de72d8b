package stopwatch

import (
	"math"
	"slices"
)

// quantile estimates a quantile of a stream in constant space by the P-square method: R. Jain and
// I. Chlamtac, "The P2 Algorithm for Dynamic Calculation of Quantiles and Histograms Without
// Storing Observations", Communications of the ACM 28 (10), 1985. Five markers follow the least
// value, the middle of the lower part, the quantile, the middle of the upper part, and the
// greatest value. Up to five samples the quantile is exact.
type quantile struct {
	p       float64
	count   int
	height  [5]float64
	at      [5]float64 // how many samples are at or below the marker
	desired [5]float64
}

func newQuantile(p float64) quantile { return quantile{p: p} }

// add takes one sample in.
func (q *quantile) add(x float64) {
	if q.count < len(q.height) {
		q.height[q.count] = x
		q.count++
		slices.Sort(q.height[:q.count])
		for i, step := range q.steps() {
			q.at[i] = float64(i + 1)
			q.desired[i] = 1 + 4*step
		}
		return
	}
	q.count++
	q.height[0] = min(q.height[0], x)
	q.height[4] = max(q.height[4], x)
	for i, step := range q.steps() {
		if i == 4 || i > 0 && x < q.height[i] {
			q.at[i]++
		}
		q.desired[i] += step
	}
	for i := 1; i < 4; i++ {
		q.adjust(i)
	}
}

// steps are how far the desired position of each marker moves with a sample.
func (q *quantile) steps() [5]float64 { return [5]float64{0, q.p / 2, q.p, (1 + q.p) / 2, 1} }

// adjust moves a middle marker by one position if it is off by as much and there is room.
func (q *quantile) adjust(i int) {
	off := q.desired[i] - q.at[i]
	if !(off >= 1 && q.at[i+1]-q.at[i] > 1) && !(off <= -1 && q.at[i-1]-q.at[i] < -1) {
		return
	}
	d := math.Copysign(1, off)
	height := q.parabola(i, d)
	if height <= q.height[i-1] || height >= q.height[i+1] {
		next := i + int(d)
		height = q.height[i] + d*(q.height[next]-q.height[i])/(q.at[next]-q.at[i])
	}
	q.height[i] = height
	q.at[i] += d
}

// parabola is the height that a parabola through the three neighbours gives the marker at its
// next position.
func (q *quantile) parabola(i int, d float64) float64 {
	below, here, above := q.at[i-1], q.at[i], q.at[i+1]
	up := (here - below + d) * (q.height[i+1] - q.height[i]) / (above - here)
	down := (above - here - d) * (q.height[i] - q.height[i-1]) / (here - below)
	return q.height[i] + d/(above-below)*(up+down)
}

// value is the estimate, or 0 without samples.
func (q *quantile) value() float64 {
	switch {
	case q.count == 0:
		return 0
	case q.count <= len(q.height):
		return q.height[int(math.Ceil(q.p*float64(q.count)))-1]
	}
	return q.height[2]
}
