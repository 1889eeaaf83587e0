package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.Bench.recovery;
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
  @DisplayName("R069 sends to a reliable connection are numbered from 1")
  void numbered() {
    WireJsonClient client = bench.reliable(bench.token());

    bench.rest().sendText(connection(client.connectionId()), "a");
    bench.rest().sendJson(connection(client.connectionId()), "{}");

    client.expect(server("a", 1));
    client.expect(
        json("{'type':'message','from':'server','dataType':'json','data':{},'sequenceId':2}"));
  }

  @Test
  @DisplayName("R093 sends to a detached connection are replayed")
  void replayed() {
    WireJsonClient client = bench.reliable(bench.token());
    bench.detach(client);

    bench.rest().sendText(connection(client.connectionId()), "a");
    bench.rest().sendText(RestDriver.ALL, "b");

    WireJsonClient recovered = bench.recover(client);
    recovered.expect(server("a", 1));
    recovered.expect(server("b", 2));
  }

  @Test
  @DisplayName("R120 a detached connection exists until the window is over")
  void exists() {
    WireJsonClient client = bench.reliable(bench.token());
    bench.fake().clock().freeze();
    bench.detach(client);
    RestDriver rest = bench.rest();

    bench.fake().clock().advanceBy(ofSeconds(29));
    assertThat(rest.exists(connection(client.connectionId()))).isTrue();
    bench.fake().clock().advanceBy(ofSeconds(1));
    assertThat(rest.exists(connection(client.connectionId()))).isFalse();
  }

  @Test
  @DisplayName("R129 a detached connection that REST has closed cannot be recovered")
  void closed() {
    WireJsonClient client = bench.reliable(bench.token().user("u"));
    bench.detach(client);

    bench.rest().closeConnections(user("u"), "bye");

    bench.expectRefused(recovery(client));
  }

  @Test
  @DisplayName("R242 a user whose only connection is detached can be put into a group")
  void userJoins() {
    WireJsonClient client = bench.reliable(bench.token().user("u"));
    bench.detach(client);
    RestDriver rest = bench.rest();

    HttpAnswer answer = rest.call("PUT", user("u") + group("g"), "", null, new byte[0]);
    rest.sendText(group("g"), "hi");

    assertThat(answer.status()).isEqualTo(200);
    bench
        .recover(client)
        .expect(
            json(
                "{'type':'message','from':'group','group':'g','dataType':'text','data':'hi','sequenceId':1}"));
  }

  // without an event handler only half of these two can be seen

  @Test
  @DisplayName("client-protocols L.6 and C209, one half: a recovery is no second connection")
  void connectsOnce() {
    WireJsonClient client = bench.reliable(bench.token());

    client.wire().drop();
    bench.recover(client).expectOpen();
    bench.rest().sendText(connection(client.connectionId()), "hi");

    assertThat(bench.fake().timeline()).containsOnlyOnce("connected to hub chat");
    assertThat(bench.fake().connections()).hasSize(1);
  }

  @Test
  @DisplayName("client-protocols L.6 and C215, one half: an event whose ack was lost is taken once")
  void eventIsTakenOnce() {
    bench.fake().recordEvents();
    WireJsonClient client = bench.reliable(bench.token());
    String event = json("{'type':'event','event':'e','data':1,'ackId':4}");
    client.send(event);
    client.expectAck(4); // proves that the event was taken; for the client it is lost

    client.wire().drop();
    WireJsonClient recovered = bench.recover(client);
    recovered.send(event);

    recovered.expectDuplicate(4);
    assertThat(bench.fake().requests())
        .filteredOn(request -> request.operation().equals("event") && request.isSuccessful())
        .hasSize(1);
  }
}
