package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.recovery;
import static io.github.webpubsubtestkit.conformance.ReliableConformanceTest.server;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What REST does to reliable clients, and what client-protocols L.6 says of their events. */
class ReliableRestConformanceTest {

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
  @DisplayName("R069 sends to a reliable connection are numbered from 1")
  void numbered() {
    WireJsonClient client = fixture.reliable(fixture.token());

    fixture.rest().sendText(connection(client.connectionId()), "a");
    fixture.rest().sendJson(connection(client.connectionId()), "{}");

    client.expect(server("a", 1));
    client.expect(
        json("{'type':'message','from':'server','dataType':'json','data':{},'sequenceId':2}"));
  }

  @Test
  @DisplayName("R093 sends to a detached connection are replayed")
  void replayed() {
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.detach(client);

    fixture.rest().sendText(connection(client.connectionId()), "a");
    fixture.rest().sendText(RestDriver.ALL, "b");

    WireJsonClient recovered = fixture.recover(client);
    recovered.expect(server("a", 1));
    recovered.expect(server("b", 2));
  }

  @Test
  @DisplayName("R120 a detached connection exists until the window is over")
  void exists() {
    WireJsonClient client = fixture.reliable(fixture.token());
    fixture.fake().clock().freeze();
    fixture.detach(client);
    RestDriver rest = fixture.rest();

    fixture.fake().clock().advanceBy(ofSeconds(29));
    assertThat(rest.exists(connection(client.connectionId()))).isTrue();
    fixture.fake().clock().advanceBy(ofSeconds(1));
    assertThat(rest.exists(connection(client.connectionId()))).isFalse();
  }

  @Test
  @DisplayName("R129 a detached connection that REST has closed cannot be recovered")
  void closed() {
    WireJsonClient client = fixture.reliable(fixture.token().user("u"));
    fixture.detach(client);

    fixture.rest().closeConnections(user("u"), "bye");

    fixture.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("R242 a user whose only connection is detached can be put into a group")
  void userJoins() {
    WireJsonClient client = fixture.reliable(fixture.token().user("u"));
    fixture.detach(client);
    RestDriver rest = fixture.rest();

    HttpAnswer answer = rest.call("PUT", user("u") + group("g"), "", null, new byte[0]);
    rest.sendText(group("g"), "hi");

    assertThat(answer.status()).isEqualTo(200);
    fixture
        .recover(client)
        .expect(
            json(
                "{'type':'message','from':'group','group':'g','dataType':'text','data':'hi','sequenceId':1}"));
  }

  // without an event handler only half of these two can be seen

  @Test
  @DisplayName("client-protocols L.6 and C209, one half: a recovery is no second connection")
  void connectsOnce() {
    WireJsonClient client = fixture.reliable(fixture.token());

    client.wire().drop();
    fixture.recover(client).expectOpen();
    fixture.rest().sendText(connection(client.connectionId()), "hi");

    assertThat(fixture.fake().timeline()).containsOnlyOnce("connected to hub chat");
    assertThat(fixture.fake().connections()).hasSize(1);
  }

  @Test
  @DisplayName("client-protocols L.6 and C215, one half: an event whose ack was lost is taken once")
  void eventIsTakenOnce() {
    fixture.fake().recordEvents();
    WireJsonClient client = fixture.reliable(fixture.token());
    String event = json("{'type':'event','event':'e','data':1,'ackId':4}");
    client.send(event);
    client.expectAck(4); // proves that the event was taken; for the client it is lost

    client.wire().drop();
    WireJsonClient recovered = fixture.recover(client);
    recovered.send(event);

    recovered.expectDuplicate(4);
    assertThat(fixture.fake().requests())
        .filteredOn(request -> request.operation().equals("event") && request.isSuccessful())
        .hasSize(1);
  }
}
