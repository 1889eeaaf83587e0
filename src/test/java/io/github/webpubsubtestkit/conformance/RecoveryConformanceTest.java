package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.Bench.JSON;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Client-protocols L.6, as far as no reliable connection is needed: what cannot be recovered is
 * answered 101 and then closed, never with an HTTP status (F.4).
 */
class RecoveryConformanceTest {

  private static final String REFUSED = "The connection could not be recovered.";

  private Bench bench;

  @BeforeEach
  void start() {
    bench = Bench.start();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  @DisplayName("C196 the recovery of an unknown connection is answered 101, then 1008")
  void unknownConnection() {
    WireClient client = recover("nope", "x");

    assertThat(client.subprotocol()).contains(JSON);
    client.expectClose(1008, REFUSED);
  }

  @Test
  @DisplayName("C211 a connection that is not reliable cannot be recovered and is not harmed")
  void notReliable() {
    WireJsonClient original = bench.json(bench.token());

    recover(original.connectionId(), "x").expectClose(1008, REFUSED);

    original.expectOpen();
    assertThat(bench.rest().exists(connection(original.connectionId()))).isTrue();
  }

  @Test
  @DisplayName("C213 a reconnection token without a connection id makes an ordinary connection")
  void tokenOnly() {
    WireJsonClient client =
        bench.openJson(
            bench
                .request(bench.token().user("alice"), "&awps_reconnection_token=x")
                .offering(JSON));

    assertThat(client.connected()).contains("\"userId\":\"alice\"");
    client.expectOpen();
  }

  @Test
  @DisplayName("C214 an empty connection id counts as none")
  void emptyId() {
    WireJsonClient client =
        bench.openJson(
            bench.request(bench.token().user("alice"), "&awps_connection_id=").offering(JSON));

    assertThat(client.connected()).contains("\"userId\":\"alice\"");
    client.expectOpen();
  }

  private WireClient recover(String connectionId, String token) {
    return bench.open(
        UpgradeRequest.to(
                "/client/hubs/chat?awps_connection_id="
                    + connectionId
                    + "&awps_reconnection_token="
                    + token)
            .offering(JSON));
  }
}
