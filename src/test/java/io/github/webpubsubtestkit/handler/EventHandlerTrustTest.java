package io.github.webpubsubtestkit.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An event handler by its URL")
class EventHandlerTrustTest {

  @Test
  @DisplayName("trusts no certificate where its server shows none")
  void trustWithoutTls() {
    EventHandler plain = EventHandler.url("http://localhost:8080/{event}?code=1");

    assertThatIllegalStateException()
        .isThrownBy(() -> plain.trust(TlsIdentity.ofKit().certificate()))
        .withMessageStartingWith(
            "trust(..) is for https, but the URL of this handler is http://localhost:8080/{event}?")
        .withMessageEndingWith(
            ", whose server shows no certificate: use https, or leave trust(..) out");
    assertThat(plain.trust()).isNotNull();
  }
}
