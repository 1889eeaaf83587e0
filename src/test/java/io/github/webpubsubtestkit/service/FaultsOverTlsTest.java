package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.conformance.WireSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The tests of faults whose effect lies at the socket, on one with TLS. */
@DisplayName("Over TLS")
class FaultsOverTlsTest {

  @Nested
  @DisplayName("a fault of connections")
  class OfConnections extends ConnectionFaultTest {
    @Override
    FakeWebPubSubBuilder builder() {
      return super.builder().https();
    }
  }

  @Nested
  @DisplayName("a fault of messages")
  class OfMessages extends MessageFaultTest {
    @Override
    FakeWebPubSubBuilder builder() {
      return super.builder().https();
    }

    @Override
    WireSocket.End endOfCutOff() {
      return WireSocket.End.TRUNCATED; // the sender has died, so it does not end TLS, either
    }
  }

  @Nested
  @DisplayName("a fault of handshakes")
  class OfHandshakes extends HandshakeFaultsTest {
    @Override
    FakeWebPubSubBuilder builder() {
      return super.builder().https();
    }
  }

  @Nested
  @DisplayName("a fault of requests")
  class OfRequests extends FaultsTest {
    @Override
    FakeWebPubSubBuilder builder() {
      return super.builder().https();
    }
  }

  @Nested
  @DisplayName("a fault of keep-alive")
  class OfKeepAlive extends KeepAliveFaultTest {
    @Override
    FakeWebPubSubBuilder builder() {
      return super.builder().https();
    }
  }
}
