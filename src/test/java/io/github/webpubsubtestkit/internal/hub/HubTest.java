package io.github.webpubsubtestkit.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.hub.EventOutcome.Taken;
import io.github.webpubsubtestkit.internal.hub.HubFixture.Client;
import io.github.webpubsubtestkit.internal.hub.HubFixture.Socket;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.AddToGroup;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RemoveFromGroup;
import io.github.webpubsubtestkit.internal.wire.AckId;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.JoinGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Ping;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.Payload;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HubTest {

  private static final String PONG = "{\"type\":\"pong\"}";

  private final HubFixture fixture = HubFixture.withLimit(2);
  private final ConnectionLifecycle lifecycle = fixture.hub.lifecycle();

  // ---- the end of a connection

  @Test
  @DisplayName(
      "client-protocols F.2 a message of a client that is too much for a member ends the member, not the sender")
  void publishOverflows() {
    Client slow = fixture.reliable("slow", "g");
    Client sender = fixture.json("sender");

    for (long id = 1; id <= 3; id++) {
      assertThat(slow.exists()).isTrue();
      sender.asks(new SendToGroup("g", Payload.text("m"), false, 0, new AckId(id)));
    }

    assertThat(slow.exists()).isFalse();
    assertThat(slow.socket().received).hasSize(3).last().isEqualTo("abort");
    assertThat(sender.socket().received).hasSize(3).allMatch(m -> m.contains("\"success\":true"));
  }

  @Test
  @DisplayName(
      "client-protocols F.2 a reply to an event that is too much for its client ends it, and no ack follows")
  void replyOverflows() {
    Client client = fixture.reliable("alice");
    fixture.send(client, 2);
    client.asks(new Event("e", Payload.text("x"), new AckId(1)));

    client.application().answers(new Taken(Payload.text("reply")));

    assertThat(client.exists()).isFalse();
    assertThat(client.socket().received).hasSize(3).last().isEqualTo("abort");
    assertThat(client.application().disconnected).containsExactly(End.ENDED);
  }

  @Test
  @DisplayName("event-handlers 6: disconnected tells the reason of a close, if that has one")
  void reasonOfAViolation() {
    Client named = fixture.json("a");
    Client nameless = fixture.json("b");

    named.ends(new End.Failed(1003, "The reason.", "detail"));
    nameless.ends(new End.Failed(1000, "", "detail"));

    assertThat(named.application().disconnected).containsExactly("The reason.");
    assertThat(named.socket().received).containsExactly("close 1003 The reason.");
    assertThat(nameless.application().disconnected).containsExactly("The connection ended.");
  }

  @Test
  @DisplayName("a stop ends a connection once, and only for the socket that serves it")
  void stops() {
    Client client = fixture.json("a");

    lifecycle.end(client.connection(), new Socket(), new End.Stopped("another socket"));
    assertThat(client.exists()).isTrue();
    client.ends(new End.Stopped("stopped"));
    client.ends(new End.SocketLost("lost"));

    assertThat(client.exists()).isFalse();
    assertThat(client.application().disconnected).isEmpty();
  }

  // ---- recovery

  @Test
  @DisplayName(
      "client-protocols F.4 losing a socket and getting another are changes that waiting assertions hear of")
  void tellsOfRecovery() {
    Client client = fixture.reliable("alice");
    int before = fixture.changes;

    client.ends(new End.SocketLost("lost"));
    assertThat(fixture.changes).isEqualTo(before + 1);
    assertThat(fixture.hub.connections()).singleElement().matches(ConnectionView::detached);
    assertThat(lifecycle.recover(client.connection(), new Socket())).isTrue();

    assertThat(fixture.changes).isEqualTo(before + 2);
    assertThat(fixture.hub.connections()).singleElement().matches(each -> !each.detached());
  }

  @Test
  @DisplayName(
      "client-protocols F.3 no timer stays behind a recovery, nor behind the end of a detached connection")
  void takesTimersBack() {
    Client client = fixture.reliable("alice");
    Socket second = new Socket();

    client.ends(new End.SocketLost("lost"));
    assertThat(fixture.timers.scheduled).hasSize(1);
    lifecycle.recover(client.connection(), second);
    assertThat(fixture.timers.scheduled).isEmpty();
    lifecycle.end(client.connection(), second, new End.SocketLost("lost again"));
    fixture.close(client.connection().id(), null);

    assertThat(fixture.timers.scheduled).isEmpty();
  }

  @Test
  @DisplayName(
      "client-protocols F.4 only a reliable connection that has not ended can be recovered")
  void recoversOnlyReliableOnes() {
    Client plain = fixture.json("a");
    Client ended = fixture.reliable("b");
    fixture.close(ended.connection().id(), null);

    assertThat(lifecycle.recoverable(plain.connection().id())).isEmpty();
    assertThat(lifecycle.recoverable(ended.connection().id())).isEmpty();
    assertThat(lifecycle.recover(plain.connection(), new Socket())).isFalse();
    assertThat(lifecycle.recover(ended.connection(), new Socket())).isFalse();
  }

  // ---- one event at a time (event-handlers 7.1)

  @Test
  @DisplayName(
      "7.1 a client that has 256 requests waiting is read no further until there are fewer")
  void slowsDown() {
    Client client = fixture.json("a");
    client.asks(new Event("first", Payload.text("x"), null));
    for (int i = 0; i < 255; i++) {
      client.asks(new Ping());
    }
    assertThat(client.socket().received).isEmpty();

    client.asks(new Ping());
    assertThat(client.socket().received).containsExactly("paused");
    client.asks(new Ping());
    assertThat(client.socket().received).containsExactly("paused");
    client.application().answers(Taken.WITHOUT_REPLY);

    assertThat(client.socket().received)
        .hasSize(259)
        .startsWith("paused", PONG)
        .endsWith(PONG, "resumed");
  }

  @Test
  @DisplayName("7.1 while another event leaves as many waiting, the client is still not read")
  void staysSlow() {
    Client client = fixture.json("a");
    client.asks(new Event("first", Payload.text("x"), null));
    client.asks(new Event("second", Payload.text("x"), null));
    for (int i = 0; i < 256; i++) {
      client.asks(new Ping());
    }

    client.application().answers(Taken.WITHOUT_REPLY);
    assertThat(client.application().events).containsExactly("first", "second");
    assertThat(client.socket().received).containsExactly("paused");
    client.application().answers(Taken.WITHOUT_REPLY);

    assertThat(client.socket().received).hasSize(258).last().isEqualTo("resumed");
  }

  // ---- what is observed

  @Test
  @DisplayName("each request of a client is observed with its outcome, duplicates, too")
  void observes() {
    Client client = fixture.json("a");
    Event event = new Event("e", Payload.text("x"), new AckId(1));
    client.asks(event);
    client.application().answers(Taken.WITHOUT_REPLY);
    client.asks(event);
    client.asks(new JoinGroup("g", new AckId(2)));
    client.asks(new JoinGroup("g", new AckId(2)));

    assertThat(fixture.operations)
        .extracting(each -> each.operation() + " " + each.outcome() + " " + each.successful())
        .containsExactly(
            "event ok true",
            "event Duplicate false",
            "joinGroup ok true",
            "joinGroup Duplicate false");
    assertThat(client.application().events).hasSize(1);
  }

  @Test
  @DisplayName(
      "waiting assertions hear of each change of connections and memberships, and of no other")
  void tellsOfChanges() {
    Client client = fixture.json("a");
    String id = client.connection().id();
    assertThat(fixture.changes).isEqualTo(1);

    fixture.does(new AddToGroup("chat", Target.connection(id), "g"));
    fixture.does(new AddToGroup("chat", Target.connection(id), "g"));
    assertThat(fixture.changes).isEqualTo(2);
    fixture.does(new RemoveFromGroup("chat", Target.connection(id), "g"));
    fixture.does(new RemoveFromGroup("chat", Target.connection(id), "g"));
    assertThat(fixture.changes).isEqualTo(3);
    fixture.close(id, null);
    fixture.close(id, null);

    assertThat(fixture.changes).isEqualTo(4);
  }

  @Test
  @DisplayName("the timeline tells the whole story of a connection")
  void timeline() {
    Client client = fixture.reliable("alice", "g");
    String id = client.connection().id();
    String message =
        "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"text\",\"data\":\"m\"}  sequenceId ";
    String closed = "Application server closed the connection. Reason: bye";
    fixture.send(client, 1);
    client.ends(new End.SocketLost("the socket broke"));
    fixture.send(client, 1);
    lifecycle.recover(client.connection(), new Socket());
    lifecycle.receive(client.connection(), client.socket(), new Ping()); // no longer its socket
    lifecycle.recover(client.connection(), new Socket());
    fixture.close(id, "bye");

    assertThat(fixture.timeline.entries())
        .allMatch(entry -> entry.party().equals("alice#1"))
        .filteredOn(entry -> !entry.text().contains("\"connected\""))
        .extracting(entry -> entry.direction() + " " + entry.text())
        .containsExactly(
            "NOTE connected to hub chat, json.reliable.webpubsub.azure.v1, connection "
                + id
                + ", groups [g]",
            "OUT " + message + "1",
            "NOTE the socket broke; the connection can be recovered for 30.000 s",
            "NOTE kept for the recovery  " + message + "2",
            "NOTE recovered, 2 unacknowledged messages to replay",
            "OUT replayed  " + message + "1",
            "OUT replayed  " + message + "2",
            "NOTE taken over by another socket: the old one is aborted",
            "NOTE recovered, 2 unacknowledged messages to replay",
            "OUT replayed  " + message + "1",
            "OUT replayed  " + message + "2",
            "OUT {\"type\":\"system\",\"event\":\"disconnected\",\"message\":\"" + closed + "\"}",
            "NOTE closed by REST: " + closed);
  }

  @Test
  @DisplayName("a connection is called by its user, or anonymous, and its number")
  void labels() {
    assertThat(fixture.json("alice").connection().label()).isEqualTo("alice#1");
    assertThat(fixture.json(null).connection().label()).isEqualTo("anonymous#2");
    assertThat(fixture.json("").connection().label()).isEqualTo("anonymous#3");
  }
}
