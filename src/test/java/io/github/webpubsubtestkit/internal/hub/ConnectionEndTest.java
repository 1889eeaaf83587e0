package io.github.webpubsubtestkit.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.hub.EventOutcome.Taken;
import io.github.webpubsubtestkit.internal.hub.HubFixture.Client;
import io.github.webpubsubtestkit.internal.hub.HubFixture.Socket;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.timeline.Entry;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each reason for which a connection ends, and what follows from it. */
@DisplayName("A connection that ends")
class ConnectionEndTest {

  private static final End BYE = new End.ClosedByClient("closed by the client", "bye");

  private HubFixture fixture = HubFixture.withLimit(1);

  private Client connect(Subprotocol protocol) {
    return fixture.client(protocol, "alice", "room");
  }

  private void assertEnded(Client client, String note, String... told) {
    assertThat(fixture.timeline.entries()).last().extracting(Entry::text).isEqualTo(note);
    assertThat(client.application().disconnected).containsExactly(told);
    assertThat(fixture.hub.connections()).isEmpty();
    assertThat(fixture.hub.groupExists("room")).isFalse();
    assertThat(fixture.hub.userExists("alice")).isFalse();
  }

  @Test
  @DisplayName("for a failure is closed with its code")
  void failed() {
    Client client = connect(Subprotocol.JSON);
    client.ends(new End.Failed(1007, "bad", "no UTF-8"));

    assertEnded(client, "closed with 1007 bad (no UTF-8)", "bad");
    assertThat(client.socket().received).containsExactly("close 1007 bad");
  }

  @Test
  @DisplayName("without a reason has the application told something all the same")
  void failedWithoutReason() {
    Client client = connect(Subprotocol.JSON);
    client.ends(new End.Failed(1011, "", "no memory"));

    assertEnded(client, "closed with 1011  (no memory)", "The connection ended.");
    assertThat(client.socket().received).containsExactly("close 1011 ");
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "JSON_RELIABLE"})
  @DisplayName("because its client closes it is answered with the client's reason")
  void closedByClient(Subprotocol protocol) {
    Client client = connect(protocol);
    client.ends(BYE);

    assertEnded(client, "closed by the client", "bye");
    assertThat(client.socket().received).containsExactly("close 1000 bye");
  }

  @Test
  @DisplayName("because the application closes it is told so and closed with 1000")
  void closedByServer() {
    Client client = connect(Subprotocol.JSON);
    fixture.close(client.connection().id(), "enough");

    String text = "Application server closed the connection. Reason: enough";
    assertEnded(client, "closed by REST: " + text, text);
    assertThat(client.socket().received).hasSize(2).last().isEqualTo("close 1000 ");
    assertThat(client.socket().received).first().asString().contains("disconnected", text);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("for too much that is not acknowledged is aborted, or closed with 1008")
  void overflowed(boolean closeOnOverflow) {
    fixture =
        new HubFixture(
            Options.builder()
                .set(Setting.MAX_QUEUED_MESSAGES, 1)
                .set(Setting.MAX_QUEUED_BYTES, 1_000L)
                .turn(Option.CLOSE_ON_OVERFLOW, closeOnOverflow)
                .build());
    Client client = connect(Subprotocol.JSON_RELIABLE);
    fixture.send(client, 2);

    assertEnded(
        client, "ended: the buffer of unacknowledged messages is full", "The connection ended.");
    assertThat(client.socket().received)
        .last()
        .isEqualTo(closeOnOverflow ? "close 1008 The reliable message buffer is full." : "abort");
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "JSON_RELIABLE"})
  @DisplayName("because its socket is closed leaves that alone")
  void socketClosed(Subprotocol protocol) {
    Client client = connect(protocol);
    client.ends(new End.SocketClosed("socket closed"));

    assertEnded(client, "socket closed", "The connection ended.");
    assertThat(client.socket().received).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "JSON_RELIABLE"})
  @DisplayName("because the service stops has nobody told")
  void stopped(Subprotocol protocol) {
    Client client = connect(protocol);
    client.ends(new End.Stopped("stopped"));

    assertEnded(client, "stopped");
    assertThat(client.socket().received).isEmpty();
  }

  @Test
  @DisplayName("because its socket is lost is not reliable")
  void lost() {
    Client client = connect(Subprotocol.JSON);
    client.ends(new End.SocketLost("socket lost"));

    assertEnded(client, "socket lost", "The connection ended.");
    assertThat(client.socket().received).isEmpty();
  }

  @Test
  @DisplayName("when it is reliable does so when no socket has come in time")
  void recoveryExpired() {
    Client client = connect(Subprotocol.JSON_RELIABLE);
    client.ends(new End.SocketLost("socket lost"));
    assertThat(client.exists()).isTrue();
    assertThat(client.application().disconnected).isEmpty();

    fixture.timers.scheduled.get(0).run();
    String text = "The connection recovery timeout expired.";
    assertEnded(client, "ended: " + text, text);
    assertThat(client.socket().received).isEmpty();
  }

  @Test
  @DisplayName("is not one whose timer waited for the lock while another socket came")
  void recoveredInTime() {
    Client client = connect(Subprotocol.JSON_RELIABLE);
    client.ends(new End.SocketLost("socket lost"));
    Runnable late = fixture.timers.scheduled.get(0);
    assertThat(fixture.hub.lifecycle().recover(client.connection(), new Socket())).isTrue();

    late.run();
    assertThat(client.exists()).isTrue();
    assertThat(client.application().disconnected).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "JSON_RELIABLE"})
  @DisplayName("ends once")
  void once(Subprotocol protocol) {
    Client client = connect(protocol);
    client.ends(BYE);
    client.ends(new End.SocketLost("socket lost"));
    client.ends(new End.Stopped("stopped"));

    assertEnded(client, "closed by the client", "bye");
    assertThat(client.socket().received).containsExactly("close 1000 bye");
  }

  @Test
  @DisplayName("does so only for the socket that serves it")
  void otherSocket() {
    Client client = connect(Subprotocol.JSON);
    fixture.hub.lifecycle().end(client.connection(), new Socket(), BYE);

    assertThat(client.exists()).isTrue();
    assertThat(client.application().disconnected).isEmpty();
  }

  @Test
  @DisplayName("waits for the event that is under way if its client has closed it")
  void inTurn() {
    Client client = connect(Subprotocol.JSON);
    client.asks(new Event("e", Payload.text("x"), null));
    client.ends(BYE);
    assertThat(client.exists()).isTrue();
    assertThat(client.socket().received).isEmpty();

    client.application().answers(Taken.WITHOUT_REPLY);
    assertEnded(client, "closed by the client", "bye");
    assertThat(client.socket().received).containsExactly("close 1000 bye");
  }

  @Test
  @DisplayName("at once has the application told behind the event that is under way")
  void atOnce() {
    Client client = connect(Subprotocol.JSON);
    client.asks(new Event("e", Payload.text("x"), null));
    client.ends(new End.SocketClosed("socket closed"));
    assertThat(client.exists()).isFalse();
    assertThat(client.application().disconnected).isEmpty();

    client.application().answers(Taken.WITHOUT_REPLY);
    assertEnded(client, "socket closed", "The connection ended.");
  }

  @Test
  @DisplayName("in its turn leaves no socket behind that has recovered it meanwhile")
  void inTurnBehindRecovery() {
    Client client = connect(Subprotocol.JSON_RELIABLE);
    client.asks(new Event("e", Payload.text("x"), null));
    client.ends(BYE);
    Socket another = new Socket();
    assertThat(fixture.hub.lifecycle().recover(client.connection(), another)).isTrue();

    client.application().answers(Taken.WITHOUT_REPLY);
    assertEnded(client, "closed by the client", "bye");
    assertThat(another.received).containsExactly("close 1000 bye");
  }
}
