package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.RELIABLE;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RJ;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.WireFrame.TEXT;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Client-protocols L.10 and K: what the official client SDKs do on the wire and need in return,
 * frame by frame. The JavaScript client itself runs in {@code examples/js-client-sdk}; Microsoft's
 * Java client is not at hand, so that this is what stands for it.
 */
class ClientSdkConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private WireJsonClient connect() {
    return fixture.reliable(fixture.token().user("nora").roles(RJ, RS));
  }

  private static String joinGroup(String group, long ackId) {
    return json("{'type':'joinGroup','group':'%s','ackId':%d}").formatted(group, ackId);
  }

  @Test
  @DisplayName("C270 the Java client's first request has ackId 0 and is acknowledged as such")
  void ackIdZero() {
    WireJsonClient client = connect();

    client.send(joinGroup("g", 0));

    client.expect(json("{'type':'ack','ackId':0,'success':true}"));
  }

  @Test
  @DisplayName(
      "C271 after a lost connection both clients recover, the Java client joins again, too")
  void recovers() {
    WireJsonClient client = connect();
    client.send(joinGroup("g", 0));
    client.expectAck(0);

    client.wire().drop();
    // the URL is the first one, or a fresh one from the supplier, and has its access_token
    String url =
        "&awps_connection_id=%s&awps_reconnection_token=%s"
            .formatted(client.connectionId(), RestDriver.encoded(client.reconnectionToken()));
    WireClient wire =
        fixture.open(fixture.request(fixture.token().user("nora"), url).offering(RELIABLE));
    wire.sendText(joinGroup("g", 1));

    assertThat(wire.subprotocol()).contains(RELIABLE);
    wire.expectText(json("{'type':'ack','ackId':1,'success':true}"));
    RestDriver rest = fixture.rest();
    assertThat(rest.exists(connection(client.connectionId()))).isTrue();
    rest.sendText(group("g"), "hi");
    assertThat(WireJsonClient.tree(wire.nextText()).path("sequenceId").asLong()).isEqualTo(1);
    wire.expectOpen();
  }

  @Test
  @DisplayName("C272 a close with 1008 leads to a new connection, which joins its groups anew")
  void connectsAnew() {
    WireJsonClient client = connect();
    client.send(joinGroup("g", 0));
    client.expectAck(0);
    fixture.detach(client);
    fixture.fake().clock().advanceBy(ofSeconds(30));
    assertThat(fixture.rest().exists(group("g"))).isFalse();

    fixture.expectRefused(FakeFixture.recovery(client));
    WireJsonClient second = connect();
    second.send(joinGroup("g", 1));

    second.expectAck(1);
    assertThat(second.connectionId()).isNotEqualTo(client.connectionId());
    fixture.rest().sendText(group("g"), "hi");
    assertThat(second.nextTree().path("sequenceId").asLong()).isEqualTo(1);
  }

  @Test
  @DisplayName("C273 after a close by REST the recovery that is tried first is refused with 1008")
  void closedByRest() {
    WireJsonClient client = connect();

    fixture.rest().closeConnection(client.connectionId(), "bye");

    client.expectClosedByApplication("Application server closed the connection. Reason: bye");
    fixture.expectRefused(FakeFixture.recovery(client));
    connect().expectOpen();
  }

  @Test
  @DisplayName("C274 a recovery that a gateway hinders twice is as good as one at once")
  void hinderedRecovery() {
    WireJsonClient client = connect();
    fixture.detach(client);
    fixture.rest().sendText(connection(client.connectionId()), "meanwhile");

    // a 502 comes from a gateway and not from the service, which sees nothing but time go by
    fixture.fake().clock().advanceBy(ofSeconds(1));
    fixture.fake().clock().advanceBy(ofSeconds(1));

    WireJsonClient recovered = fixture.recover(client);
    JsonNode message = recovered.nextTree();
    assertThat(message.path("data").asText()).isEqualTo("meanwhile");
    assertThat(message.path("sequenceId").asLong()).isEqualTo(1);
    recovered.expectOpen();
  }

  @Test
  @DisplayName("C275 what SDKs take for a success that was repeated: success false, name Duplicate")
  void duplicate() {
    WireJsonClient client = connect();

    client.send(joinGroup("g", 4_711));
    client.send(joinGroup("g", 4_711));

    client.expectAck(4_711);
    client.expect(
        json(
            "{'type':'ack','ackId':4711,'success':false,'error':{'name':'Duplicate','message':'Message with ack-id: 4711 has been processed'}}"));
  }

  @Test
  @DisplayName("C276 four tries with four ackIds are four times Forbidden")
  void forbidden() {
    WireJsonClient client = fixture.reliable(fixture.token().user("nora"));

    for (int ackId = 1; ackId <= 4; ackId++) {
      client.send(joinGroup("g", ackId));
      client.expectForbidden(ackId, "join", "g");
    }
    client.expectOpen();
  }

  @Test
  @DisplayName("C278 the Java client's stop, a close with 1000, is echoed and TCP ended at once")
  void stops() {
    WireJsonClient client = connect();
    RestDriver rest = fixture.rest();
    assertThat(rest.exists(connection(client.connectionId()))).isTrue();

    client.wire().sendClose(1000, "");

    client.wire().expectCloseFrame(1000, "");
    assertThat(client.wire().expectEnd()).isEqualTo(WireSocket.End.END_OF_STREAM);
    assertThat(rest.exists(connection(client.connectionId()))).isFalse();
    fixture.expectRefused(FakeFixture.recovery(client));
  }

  @Test
  @DisplayName("K: a client finds the one subprotocol that it has offered, and connected first")
  void firstFrame() {
    WireClient wire = fixture.open(fixture.request(fixture.token()).offering(RELIABLE));

    assertThat(wire.subprotocol()).contains(RELIABLE);
    WireFrame frame = wire.next();
    assertThat(frame.opcode()).isEqualTo(TEXT);
    JsonNode connected = WireJsonClient.tree(frame.text());
    for (String key : new String[] {"type", "event", "connectionId", "reconnectionToken"}) {
      assertThat(connected.path(key).asText()).as(key).isNotEmpty();
    }
  }

  @Test
  @DisplayName("K: acks say what the Java client cannot do without, names and texts of errors")
  void requiredKeys() {
    WireJsonClient client = fixture.reliable(fixture.token());

    client.send(json("{'type':'event','event':'e','dataType':'text','data':'hi','ackId':0}"));

    JsonNode ack = client.nextTree();
    assertThat(ack.path("error").path("name").asText()).isEqualTo("InternalServerError");
    assertThat(ack.path("error").path("message").asText()).isEqualTo("Internal server error");
  }

  @Test
  @DisplayName("K: noEcho false, which both clients always send, is an echo")
  void noEchoFalse() {
    WireJsonClient client = fixture.reliable(fixture.token().roles(RJ, RS).groups("g"));

    client.send(
        json(
            "{'type':'sendToGroup','group':'g','ackId':0,'noEcho':false,'dataType':'text','data':'hi'}"));

    assertThat(client.nextTree().path("data").asText()).isEqualTo("hi");
    client.expectAck(0);
  }
}
