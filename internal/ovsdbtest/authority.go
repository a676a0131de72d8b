package ovsdbtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Authority signs certificates for tests of TLS.
type Authority struct {
	// File is the path of the authority's own certificate.
	File string

	t           testing.TB
	directory   string
	key         *ecdsa.PrivateKey
	certificate *x509.Certificate
	issued      int64
}

// NewAuthority makes an authority with a key of its own.
func NewAuthority(t testing.TB) *Authority {
	t.Helper()
	a := &Authority{t: t, directory: t.TempDir()}
	a.key = a.newKey()
	a.certificate = a.template("authority")
	a.certificate.IsCA, a.certificate.BasicConstraintsValid = true, true
	a.certificate.KeyUsage = x509.KeyUsageCertSign
	a.File = a.sign(a.certificate, a.key)
	return a
}

// Issue makes a private key and a certificate for it, and returns the paths of both.
func (a *Authority) Issue(name string) (privateKey, certificate string) {
	a.t.Helper()
	key := a.newKey()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(a.t, err)
	certificate = a.sign(a.template(name), key)
	return a.write(name+"-key.pem", "PRIVATE KEY", der), certificate
}

func (a *Authority) newKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(a.t, err)
	return key
}

func (a *Authority) template(name string) *x509.Certificate {
	a.issued++
	return &x509.Certificate{
		SerialNumber: big.NewInt(a.issued),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
	}
}

func (a *Authority) sign(template *x509.Certificate, key *ecdsa.PrivateKey) string {
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, &key.PublicKey, a.key)
	require.NoError(a.t, err)
	return a.write(template.Subject.CommonName+".pem", "CERTIFICATE", der)
}

func (a *Authority) write(name, kind string, der []byte) string {
	path := filepath.Join(a.directory, name)
	text := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	require.NoError(a.t, os.WriteFile(path, text, 0o600))
	return path
}

// StartTLS starts a server as Start does, which also listens for TLS with a certificate of the
// authority, and admits clients with certificates of the same.
func StartTLS(t testing.TB, authority *Authority, schemas ...string) *Server {
	t.Helper()
	s := newServer(t)
	key, certificate := authority.Issue("server")
	s.secure = freePort(t)
	s.arguments = []string{"--private-key=" + key, "--certificate=" + certificate,
		"--ca-cert=" + authority.File, "--remote=pssl:" + strconv.Itoa(s.secure) + ":127.0.0.1"}
	s.create(schemas)
	s.Restart()
	return s
}

// SSL is the remote of the TLS port of a server that StartTLS started.
func (s *Server) SSL() string { return "ssl:127.0.0.1:" + strconv.Itoa(s.secure) }
