package io.github.webpubsubtestkit.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.hub.HubFixture.Client;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SequenceAck;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A burst above the limit of unacknowledged messages (client-protocols F.2)")
class BurstToleranceTest {

  private final HubFixture fixture = HubFixture.withLimit(16);
  private final Client client = fixture.reliable("alice");

  @Test
  @DisplayName("is sent to a client that had no time, which is ended if it then acknowledges none")
  void endsWhoDoesNotAcknowledge() {
    fixture.send(client, 16);
    assertThat(fixture.hub.isAheadOfClients()).isFalse();
    fixture.send(client, 4);

    assertThat(client.socket().received).hasSize(20);
    assertThat(client.exists()).isTrue();
    assertThat(fixture.hub.isAheadOfClients()).isTrue();
    assertThat(fixture.putOff()).as("looks at one client").isOne();

    fixture.passMoment();

    assertThat(client.exists()).isFalse();
    assertThat(client.socket().received).last().isEqualTo("abort");
    assertThat(client.application().disconnected).containsExactly(End.ENDED);
    assertThat(fixture.hub.isAheadOfClients()).isFalse();
    assertThat(fixture.putOff()).isZero();
  }

  @Test
  @DisplayName("is forgiven a client that goes on to acknowledge, until it is below the limit")
  void sparesWhoAcknowledges() {
    fixture.send(client, 20);
    for (int i = 1; i <= 3; i++) {
      client.asks(new SequenceAck(i));
      fixture.passMoment();
      assertThat(client.exists()).isTrue();
      assertThat(fixture.hub.isAheadOfClients()).isTrue();
    }

    client.asks(new SequenceAck(4));
    fixture.passMoment();

    assertThat(client.exists()).isTrue();
    assertThat(fixture.hub.isAheadOfClients()).isFalse();
    assertThat(fixture.putOff()).isZero();
    fixture.send(client, 1);
    assertThat(fixture.hub.isAheadOfClients()).as("watched anew").isTrue();
    assertThat(fixture.putOff()).isOne();
  }

  @Test
  @DisplayName("ends a client that stops to acknowledge before it is below the limit")
  void endsWhoStopsToAcknowledge() {
    fixture.send(client, 20);
    client.asks(new SequenceAck(1));
    fixture.passMoment();
    fixture.passMoment();

    assertThat(client.exists()).isFalse();
  }

  @ParameterizedTest(name = "limit {0}, {1} turns later: {2}")
  @CsvSource({
    "16, 1, true", "16, 2, false", // an eighth of what waits
    "2000, 127, true", "2000, 128, false" // and never more than that
  })
  @DisplayName("needs a client that had no time for the newer half of what waits")
  void endsWhoHadTime(int limit, long turns, boolean spared) {
    HubFixture other = HubFixture.withLimit(limit);
    other.turns = 1_000;
    Client slow = other.reliable("bob");
    other.send(slow, limit);
    other.turns += turns;

    other.send(slow, 1);

    assertThat(slow.exists()).isEqualTo(spared);
    assertThat(other.hub.isAheadOfClients()).isEqualTo(spared);
  }

  @Test
  @DisplayName("has a limit, too: ten times as many messages")
  void endsAfterTenTimesTheLimit() {
    fixture.send(client, 160);
    assertThat(client.exists()).isTrue();

    fixture.send(client, 1);

    assertThat(client.exists()).isFalse();
    fixture.passMoment();
    assertThat(fixture.hub.isAheadOfClients()).isFalse();
  }

  @Test
  @DisplayName("is none for a client without a socket, which cannot acknowledge")
  void endsWhoIsDetached() {
    client.ends(new End.SocketLost("lost"));

    fixture.send(client, 16);
    assertThat(client.exists()).isTrue();
    fixture.send(client, 1);

    assertThat(client.exists()).isFalse();
  }

  @Test
  @DisplayName("of several clients is over when it is over for all")
  void watchesSeveral() {
    Client other = fixture.reliable("bob");
    fixture.send(client, 17);
    fixture.send(other, 17);
    other.asks(new SequenceAck(17));
    client.asks(new SequenceAck(1));
    fixture.send(client, 1);

    fixture.passMoment();
    assertThat(fixture.hub.isAheadOfClients()).isTrue();
    assertThat(other.exists()).isTrue();
    fixture.passMoment();

    assertThat(fixture.hub.isAheadOfClients()).isFalse();
    assertThat(client.exists()).isFalse();
    assertThat(other.exists()).isTrue();
  }

  @Test
  @DisplayName("is over when the client goes")
  void endsWithTheConnection() {
    fixture.send(client, 17);
    fixture.close(client.connection().id(), "bye");

    fixture.passMoment();

    assertThat(fixture.hub.isAheadOfClients()).isFalse();
    assertThat(fixture.putOff()).isZero();
    assertThat(client.socket().received).last().isEqualTo("close 1000 ");
  }
}
