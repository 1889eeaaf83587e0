package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.RestDriver.ALL;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Client-protocols L.2, as far as no {@code connect} handler decides: subprotocol negotiation
 * (client-protocols A.4).
 */
class SubprotocolConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  @DisplayName(
      "C044 the offered JSON subprotocol is selected; connected comes first, without reconnectionToken")
  void selectsJson() {
    WireJsonClient client = fixture.json(fixture.token().user("alice"));

    assertThat(client.wire().subprotocol()).contains(JSON);
    assertThat(client.connected())
        .isEqualTo(
            json(
                "{'type':'system','event':'connected','userId':'alice','connectionId':'%s'}"
                    .formatted(client.connectionId())));
    client.expectOpen();
  }

  @Test
  @DisplayName("C045 subprotocols are matched in any case and echoed as the client spelled them")
  void echoesSpelling() {
    WireJsonClient client =
        fixture.openJson(fixture.request(fixture.token()).offering("JSON.WebPubSub.Azure.V1"));

    assertThat(client.wire().subprotocol()).contains("JSON.WebPubSub.Azure.V1");
    client.expectOpen();
  }

  @Test
  @DisplayName("C047 of several offers the first predefined one is selected")
  void skipsCustom() {
    WireJsonClient client =
        fixture.openJson(fixture.request(fixture.token()).offering("custom", JSON));

    assertThat(client.wire().subprotocol()).contains(JSON);
    client.expectOpen();
  }

  @Test
  @DisplayName(
      "C049 an offer of a custom subprotocol alone gives a simple client without subprotocol")
  void customOnlyIsRaw() {
    WireClient client = fixture.open(fixture.request(fixture.token()).offering("custom"));
    assertThat(client.subprotocol()).isEmpty();

    fixture.rest().sendText(ALL, "hi");

    client.expectText("hi"); // bare payload, and no connected message before
  }

  @Test
  @DisplayName("C299 several Sec-WebSocket-Protocol lines count like one list")
  void severalLines() {
    WireJsonClient client =
        fixture.openJson(fixture.request(fixture.token()).offering("custom").offering(JSON));

    assertThat(client.wire().subprotocol()).contains(JSON);
    client.expectOpen();
  }
}
