package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.FaultyService.message;
import static io.github.webpubsubtestkit.service.MessagePattern.toUser;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.conformance.WireJsonClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("The timeline tells of a message that meets a fault")
class FaultsInTimelineTest {

  private final FaultyService service = new FaultyService(FakeWebPubSub.builder().build());
  private final Faults faults = service.faults();

  @AfterEach
  void stop() {
    service.close();
  }

  /** The entries about messages of the server to alice, with their directions. */
  private List<String> lines() {
    return service.fake().timelineEntries().stream()
        .filter(each -> each.kind() == TimelineEntry.Kind.MESSAGE)
        .filter(each -> each.party().equals("alice#1") && each.text().contains("\"server\""))
        .map(each -> each.direction() + " " + each.text())
        .toList();
  }

  private List<String> sent() {
    return lines().stream().filter(line -> line.startsWith("OUT")).toList();
  }

  /** The message with this text and id as the timeline shows it. */
  private static String numbered(int id) {
    return message(String.valueOf(id)) + "  sequenceId " + id;
  }

  @Test
  @DisplayName("held back: that it is, and later that it goes out, as all behind it")
  void heldBack() {
    service.fake().clock().freeze();
    WireJsonClient alice = service.json("alice");
    faults.message(toUser("alice").withText("2")).delay(ofSeconds(5));

    service.send("1", "2", "3");

    assertThat(lines())
        .containsExactly(
            "OUT " + message("1"),
            "NONE held back by a fault  " + message("2"),
            "NONE held back by a fault  " + message("3"));
    service.fake().clock().advanceBy(ofSeconds(5));
    alice.expect(message("1"));
    alice.expect(message("2"));
    alice.expect(message("3"));
    assertThat(sent())
        .containsExactly("OUT " + message("1"), "OUT " + message("2"), "OUT " + message("3"));
  }

  @Test
  @DisplayName("held back until its connection ends: it never goes out")
  void neverSent() {
    service.fake().clock().freeze();
    WireJsonClient alice = service.json("alice");
    faults.message(toUser("alice")).delay(ofSeconds(5));
    service.send("1");

    alice.wire().drop();
    eventually().until(() -> !service.fake().userExists("alice"));
    service.fake().clock().advanceBy(ofSeconds(5));

    assertThat(sent()).isEmpty();
  }

  @Test
  @DisplayName("in silence: that it is lost, also for a recovery that brings it later")
  void silence() {
    WireJsonClient alice = service.reliable("alice");
    service.send("1");
    faults.connection(ofUser("alice")).silence();

    service.send("2", "3");

    assertThat(lines())
        .containsExactly(
            "OUT " + numbered(1),
            "NONE lost in silence  " + numbered(2),
            "NONE lost in silence  " + numbered(3));
    faults.clear();
    alice.expect(message("1", 1));
    alice.wire().expectEnd();
    service.recover(alice).expect(message("1", 1));
    assertThat(sent())
        .containsExactly(
            "OUT " + numbered(1),
            "OUT replayed  " + numbered(1),
            "OUT replayed  " + numbered(2),
            "OUT replayed  " + numbered(3));
  }

  @Test
  @DisplayName("held back and then in silence: that it is lost")
  void heldBackInSilence() {
    service.fake().clock().freeze();
    service.json("alice");
    faults.message(toUser("alice")).delay(ofSeconds(5));
    service.send("1");
    faults.connection(ofUser("alice")).silence();

    service.fake().clock().advanceBy(ofSeconds(5));

    assertThat(lines())
        .containsExactly(
            "NONE held back by a fault  " + message("1"), "NONE lost in silence  " + message("1"));
  }

  @Test
  @DisplayName("repeated: twice")
  void repeated() {
    service.json("alice");
    faults.message(toUser("alice")).repeat();

    service.send("1");

    assertThat(lines()).containsExactly("OUT " + message("1"), "OUT " + message("1"));
  }

  @Test
  @DisplayName("cut off: that it is, and that the fault has ended the connection, not the client")
  void cutOff() {
    WireJsonClient alice = service.json("alice");
    faults.message(toUser("alice")).cutOff();

    service.send("1", "2");

    alice.wire().expectEnd();
    eventually().until(() -> !service.fake().userExists("alice"));
    assertThat(lines()).startsWith("NONE cut off by a fault  " + message("1"));
    assertThat(sent()).isEmpty();
    assertThat(service.fake().timeline())
        .contains("socket cut off by a fault")
        .doesNotContain("the client ended TCP");
  }

  @Test
  @DisplayName("cut off on a reliable connection, which can be recovered")
  void cutOffReliably() {
    WireJsonClient alice = service.reliable("alice");
    faults.message(toUser("alice")).cutOff();

    service.send("1");

    alice.wire().expectEnd();
    eventually()
        .until(
            () ->
                service
                    .fake()
                    .timeline()
                    .contains(
                        "socket cut off by a fault; the connection can be recovered for 30.000 s"));
    service.recover(alice).expect(message("1", 1));
  }
}
