package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.TimelineEntry.Direction;
import io.github.webpubsubtestkit.service.TimelineEntry.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimelineEntryTest {

  private final FakeWebPubSub service =
      FakeWebPubSub.builder()
          .timeline(timeline -> timeline.display(text -> text.replaceAll("\\d{16}", "<card>")))
          .build();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void givesItsPartsAsData() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    service.sendToGroup("room", "4111111111111111");

    assertThat(service.timelineEntries())
        .filteredOn(entry -> entry.kind() == Kind.REQUEST)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.party()).isEqualTo("test");
              assertThat(entry.direction()).isEqualTo(Direction.IN);
              assertThat(entry.operation()).contains("sendToGroup");
              assertThat(entry.outcome()).contains("ok, to 1 connection");
              assertThat(entry.payloadText()).contains("4111111111111111");
              assertThat(entry.text()).contains("<card>").doesNotContain("4111");
              assertThat(entry.connectionId()).isEmpty();
              assertThat(entry.at()).isPositive();
            });
    assertThat(service.timelineEntries())
        .filteredOn(entry -> entry.kind() == Kind.MESSAGE)
        .last()
        .satisfies(
            entry -> {
              assertThat(entry.party()).isEqualTo("alice#1");
              assertThat(entry.connectionId()).contains(alice.connectionId());
              assertThat(new String(entry.payload(), StandardCharsets.UTF_8))
                  .contains("\"group\":\"room\"");
            });
    assertThat(service.timelineEntries())
        .first()
        .extracting(TimelineEntry::kind)
        .isEqualTo(Kind.HANDSHAKE);
  }

  @Test
  void showsPayloadsAlikeAfterAReset() {
    service.reset();
    service.sendToAll("4111111111111111");

    assertThat(service.timeline()).contains("<card>").doesNotContain("4111");
  }

  @Test
  void callsAClientAsItsFailuresDo() {
    service.connect(anonymous().name("seller"));
    SimpleClient buyer = service.connectSimple(anonymous().name("buyer"));
    PubSubClient numbered = service.connect(anonymous());

    assertThat(service.timelineEntries())
        .filteredOn(entry -> entry.connectionId().equals(Optional.of(buyer.connectionId())))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.party()).isEqualTo("anonymous#2 (buyer)"));
    assertThat(service.timeline())
        .contains("anonymous#1 (seller)", "anonymous#3 (" + numbered.name() + ")");
  }

  @Test
  void showsProtobufFramesDecoded() {
    PubSubClient alice =
        service.connect(asUser("alice").protocol(Protocol.PROTOBUF_RELIABLE).groups("room"));
    alice.sendToGroup("room", "hi");
    assertThat(alice).receivesText("hi");

    assertThat(service.timeline())
        .containsPattern("alice#1 +-> +protobuf \\{.*\"type\":\"sendToGroup\".*\"data\":\"hi\"")
        .containsPattern("alice#1 +<- +protobuf \\{.*\"type\":\"message\".*\"data\":\"hi\"");
  }

  @Test
  void showsAQueryDecodedAndMasked() throws Exception {
    String token = service.clientUrl(asUser("a")).getQuery();
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        service.endpoint()
                            + "/api/hubs/hub/:send?api-version=2024-12-01&filter=userId%20eq%20%27x%27&"
                            + token))
                .POST(HttpRequest.BodyPublishers.ofString("we close at 8"))
                .header("Content-Type", "text/plain")
                .build(),
            HttpResponse.BodyHandlers.discarding());

    assertThat(service.timeline())
        .containsPattern(
            "REST +-> +POST /api/hubs/hub/:send\\?api-version=2024-12-01&filter=userId eq 'x'&"
                + "access_token=\\*\\*\\* +we close at 8 +=> 401 ")
        .doesNotContain("eyJ");
  }
}
