//go:build !planted

package engine

// fault is the planted mistake: none.
const fault = noFault
