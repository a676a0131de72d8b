package conn

import (
	"errors"
	"fmt"
	"time"

	"woven/bridge/openflow"
)

// handshake tells the switch our only version, and waits for its versions (OpenFlow 1.5.1, 6.3.1).
func (l *Link) handshake() error {
	if _, err := l.Send(openflow.Hello{Versions: 1 << openflow.Version}); err != nil {
		return err
	}
	l.Flush()
	answer, err := l.incoming.next(time.Now().Add(connectTimeout))
	if errors.Is(err, errSilent) {
		return errors.New("the switch does not answer to HELLO")
	}
	if err != nil {
		return err
	}
	if openflow.MessageType(answer[1]) == openflow.TypeError {
		failure, err := openflow.DecodeErrorMessage(answer)
		if err != nil {
			return err
		}
		return fmt.Errorf("%w: %w", errVersion, failure)
	}
	hello, err := openflow.DecodeHello(answer)
	if err != nil {
		return fmt.Errorf("the switch does not begin with HELLO: %w", err)
	}
	if hello.Versions&(1<<openflow.Version) == 0 {
		return fmt.Errorf("%w: the versions that it has are %#x", errVersion, hello.Versions)
	}
	return nil
}
