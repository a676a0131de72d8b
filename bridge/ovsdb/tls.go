package ovsdb

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
)

// config reads the files and makes the configuration of one connection.
func (f *TLSFiles) config() (*tls.Config, error) {
	if f.PrivateKey == "" || f.Certificate == "" || f.CACertificate == "" {
		return nil, errors.New("an ssl: remote needs a private key, a certificate and a CA certificate")
	}
	own, err := tls.LoadX509KeyPair(f.Certificate, f.PrivateKey)
	if err != nil {
		return nil, fmt.Errorf("cannot use certificate %s with private key %s: %w",
			f.Certificate, f.PrivateKey, err)
	}
	text, err := os.ReadFile(f.CACertificate)
	if err != nil {
		return nil, fmt.Errorf("cannot read the CA certificate: %w", err)
	}
	authorities := x509.NewCertPool()
	if !authorities.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s holds no CA certificate in PEM form", f.CACertificate)
	}
	return &tls.Config{
		MinVersion:   tls.VersionTLS12,
		Certificates: []tls.Certificate{own},
		// The chain is verified below. The name is not: certificates of Open vSwitch's own
		// authority name no host, and its C clients do not look at it either.
		InsecureSkipVerify: true,
		VerifyConnection: func(state tls.ConnectionState) error {
			return verifyChain(state.PeerCertificates, authorities)
		},
	}, nil
}

// verifyChain checks that the peer's certificate was signed by one of the authorities.
func verifyChain(peer []*x509.Certificate, authorities *x509.CertPool) error {
	if len(peer) == 0 {
		return errors.New("the server shows no certificate")
	}
	between := x509.NewCertPool()
	for _, certificate := range peer[1:] {
		between.AddCert(certificate)
	}
	_, err := peer[0].Verify(x509.VerifyOptions{
		Roots:         authorities,
		Intermediates: between,
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	return err
}
