package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.service.Operations.client;
import static io.github.webpubsubtestkit.service.Operations.rest;
import static io.github.webpubsubtestkit.service.RequestPattern.anyRequest;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.leaveGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.BDDAssertions.then;

import io.github.webpubsubtestkit.internal.expect.Unstretched;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests as they are asserted, fed without a socket. */
class ServiceAssertTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void receivesWhatIsThere() {
    add(rest("sendToUser").user("alice").text("Hello, alice"));

    assertThat(service)
        .receivesRequest(sendToUser("alice").withText("Hello, alice"))
        .isFromServer()
        .isInHub("hub")
        .isSuccessful()
        .hasOutcome("202");
  }

  @Test
  void receivesWhatComesLater() {
    CompletableFuture<Void> later =
        CompletableFuture.runAsync(() -> add(rest("sendToAll").text("late")));

    then(service).receivesRequest(sendToAll()).hasText("late");
    assertThat(later).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void eachRequestIsReceivedOnce() {
    add(rest("sendToAll").text("1"));
    add(rest("sendToAll").text("2"));

    assertThat(service).receivesRequest(sendToAll()).hasText("1");
    assertThat(service).receivesRequest(sendToAll()).hasText("2");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(service).within(ZERO).receivesRequest(sendToAll()));
    assertThat(service).hasReceivedRequests(2, sendToAll());
  }

  @Test
  void worksInSoftAssertionsByCheck() {
    SoftAssertions softly = new SoftAssertions();
    softly.check(() -> assertThat(service).within(ZERO).receivesRequest(sendToAll()));

    assertThat(softly.errorsCollected()).hasSize(1);
  }

  @Test
  void aMissingRequestShowsAllThatCameAndTheClosest() {
    add(rest("sendToUser").user("alice").text("Hello alice").at(12));
    add(client("joinGroup", "bob").group("prices").refused("Forbidden").at(840));
    add(
        rest("closeConnection")
            .connection("c1")
            .hub("chat")
            .parameters(Map.of("reason", List.of("bye"), "api-version", List.of("2024-12-01")))
            .at(1377));

    fails(
        () ->
            assertThat(service)
                .within(ofMillis(10))
                .receivesRequest(sendToUser("alice").withText("Hello, alice")),
        """
        [service] expected a request within 10 ms
          expected   sendToUser("alice") with text "Hello, alice"
          received   3 requests
            +0.012 s  sendToUser("alice")    from the server  hub hub   202        text "Hello alice"     <- closest: data differs from character 5 on
            +0.840 s  joinGroup("prices")    from user "bob"  hub hub   Forbidden
            +1.377 s  closeConnection("c1")  from the server  hub chat  202        reason [bye]""");
  }

  @Test
  void aMissingRequestThatWasRefusedShowsTheRefusal() {
    add(client("rejectedHandshake", null).refused("401 The signature is invalid").at(1));
    add(rest("addUserToGroup").user("alice").group("room").refused("404 Error.User.NotExisted"));

    fails(
        () ->
            assertThat(service)
                .within(ZERO)
                .receivesRequest(RequestPattern.addUserToGroup("alice", "room")),
        """
        [service] expected a request to be there already
          expected   addUserToGroup("alice", "room")
          received   1 request, 1 handshake
            +0.001 s  rejectedHandshake()              from a client    hub hub  401 The signature is invalid
            +0.012 s  addUserToGroup("alice", "room")  from the server  hub hub  404 Error.User.NotExisted     <- closest: refused: 404 Error.User.NotExisted""");
  }

  @Test
  void aMissingRequestIsSaidToHaveBeenReadAlready() {
    add(rest("sendToAll").text("1"));
    add(rest("sendToAll").text("2"));
    assertThat(service).receivesRequest(sendToAll().withText("2"));

    fails(
        () -> assertThat(service).within(ZERO).receivesRequest(sendToAll().withText("1")),
        """
        [service] expected a request to be there already
          expected   sendToAll() with text "1"
          received   no request, besides 2 already read
            +0.012 s  sendToAll()  from the server  hub hub  202  text "1"     <- this would match, but an earlier assertion has read it or past it""");
  }

  @Test
  void aMissingRequestWithNothingAtAll() {
    fails(
        () -> assertThat(service).within(ZERO).receivesRequest(joinGroup("room").fromUser("bob")),
        """
        [service] expected a request to be there already
          expected   joinGroup("room") from user "bob"
          received   no request""");
  }

  @Test
  void theClosestIsThatOfTheSameOperationAndTarget() {
    add(client("sendToGroup", "bob").group("room").json("{\"id\":41,\"state\":\"paid\"}").at(1));
    add(client("sendToGroup", "bob").group("room").json("{\"id\":42,\"state\":\"open\"}").at(2));
    add(client("sendToGroup", "bob").group("vip").json("{\"id\":42,\"state\":\"paid\"}").at(3));

    fails(
        () ->
            assertThat(service)
                .within(ZERO)
                .receivesRequest(
                    sendToGroup("room").fromUser("bob").withJson("{\"id\":42,\"state\":\"paid\"}")),
        """
        [service] expected a request to be there already
          expected   sendToGroup("room") from user "bob" with json {"id":42,"state":"paid"}
          received   3 requests
            +0.001 s  sendToGroup("room")  from user "bob"  hub hub  ok  json {"id":41,"state":"paid"}     <- closest: data $.id: expected 42 but was 41
            +0.002 s  sendToGroup("room")  from user "bob"  hub hub  ok  json {"id":42,"state":"open"}
            +0.003 s  sendToGroup("vip")   from user "bob"  hub hub  ok  json {"id":42,"state":"paid"}""");
  }

  @Test
  void eachFieldThatDiffersIsNamed() {
    add(
        client("sendToGroup", "bob")
            .group("vip")
            .hub("chat")
            .payload(Payload.text("x").withMetadata(Map.of("b", "2", "a", "1")))
            .at(1));

    fails(
        () ->
            assertThat(service)
                .within(ZERO)
                .receivesRequest(
                    sendToGroup("room")
                        .fromServer()
                        .inHub("hub")
                        .withJson("1")
                        .withMetadata("a", "2")
                        .excluding("c1")
                        .withReason("bye")
                        .withParameter("filter", "y")
                        .fromConnection("c7")
                        .refused()),
        """
        [service] expected a request to be there already
          expected   sendToGroup("room") from the server in hub hub with json 1 with metadata a=2 excluding [c1] with reason "bye" with parameter filter=y from connection "c7" refused
          received   1 request
            +0.001 s  sendToGroup("vip")  from user "bob"  hub chat  ok  text "x" metadata {a=1, b=2}     <- closest: group is "vip", from user "bob", hub is chat, data is text, metadata a is 1, excludes nobody, gives no reason, has no parameter filter, from connection "c-bob", not refused: ok""");
  }

  @Test
  void anEventThatNobodyTakesSaysWhatHelps() {
    add(client("event", "alice").event("message").text("hi").refused("InternalServerError"));

    fails(
        () -> assertThat(service).within(ZERO).receivesEvent("message"),
        """
        [service] expected an event to be there already
          expected   event("message")
          received   1 request
            +0.012 s  event("message")  from user "alice"  hub hub  InternalServerError  text "hi"     <- closest: refused: InternalServerError, as nobody takes events; service.recordEvents() makes the fake take them""");
  }

  @Test
  void aSlashThatWasNotDecodedIsExplained() {
    add(rest("addUserToGroup").user("alice").group("a%2Fb"));

    fails(
        () ->
            assertThat(service)
                .within(ZERO)
                .receivesRequest(RequestPattern.addUserToGroup("alice", "a/b")),
        """
        [service] expected a request to be there already
          expected   addUserToGroup("alice", "a/b")
          received   1 request
            +0.012 s  addUserToGroup("alice", "a%2Fb")  from the server  hub hub  202     <- closest: group is "a%2Fb", as %2F in a path is not decoded; decodeSlash(true) does""");
  }

  @Test
  void payloadsWithPercentSignsAreShownAsTheyAre() {
    add(rest("sendToAll").text("100 %s %n done"));

    fails(
        () -> assertThat(service).within(ZERO).receivesRequest(sendToAll().withText("%d")),
        """
        [service] expected a request to be there already
          expected   sendToAll() with text "%d"
          received   1 request
            +0.012 s  sendToAll()  from the server  hub hub  202  text "100 %s %n done"     <- closest: data differs from character 0 on""");
  }

  @Test
  void theDescriptionStandsFirst() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                assertThat(service).as("greeting 100 %").within(ZERO).receivesRequest(sendToAll()))
        .withMessageStartingWith("[greeting 100 %] [service] expected a request");
    add(rest("sendToAll").text("x"));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                assertThat(service).as("greeting 100 %").receivesRequest(sendToAll()).hasText("y"))
        .withMessageStartingWith("[greeting 100 %] [service] expected a request with text");
  }

  @Test
  void historyIsLookedAtWhateverWasRead() {
    add(rest("sendToAll").text("1"));
    assertThat(service).receivesRequest(anyRequest());

    assertThat(service)
        .hasReceivedRequest(sendToAll().withText("1"))
        .hasReceivedNoRequest(sendToAll().withText("2"))
        .hasReceivedRequests(1, sendToAll())
        .hasReceivedRequests(0, sendToUser("alice"));
    fails(
        () -> assertThat(service).hasReceivedRequest(sendToUser("alice")),
        """
        [service] expected to have received a request
          expected   sendToUser("alice")
          received   1 request
            +0.012 s  sendToAll()  from the server  hub hub  202  text "1\"""");
  }

  @Test
  void anUnwantedRequestIsMarked() {
    add(rest("sendToAll").text("1"));
    add(client("leaveGroup", "bob").group("room").at(20));

    fails(
        () -> assertThat(service).hasReceivedNoRequest(leaveGroup("room")),
        """
        [service] expected to have received no such request
          unwanted   leaveGroup("room")
          received   2 requests
            +0.012 s  sendToAll()         from the server  hub hub  202  text "1"
            +0.020 s  leaveGroup("room")  from user "bob"  hub hub  ok     <- this matches""");
    fails(
        () -> assertThat(service).hasReceivedRequests(0, leaveGroup("room")),
        """
        [service] expected to have received 0 such requests but it was 1
          expected   leaveGroup("room")
          received   2 requests
            +0.012 s  sendToAll()         from the server  hub hub  202  text "1"
            +0.020 s  leaveGroup("room")  from user "bob"  hub hub  ok     <- this matches""");
  }

  @Test
  void receivesNoRequestIsAboutWhatIsUnread() {
    add(rest("sendToAll").text("1"));
    assertThat(service).receivesRequest(sendToAll());

    assertThat(service).within(ZERO).receivesNoRequest(sendToAll());
    add(rest("sendToAll").text("2"));
    fails(
        () -> assertThat(service).within(ZERO).receivesNoRequest(sendToAll()),
        """
        [service] expected no such request
          unwanted   sendToAll()
          received   1 request, besides 1 already read
            +0.012 s  sendToAll()  from the server  hub hub  202  text "2"     <- this matches""");
  }

  @Test
  void whatWasDroppedIsSaidAndNotGuessed() {
    try (FakeWebPubSub small =
        FakeWebPubSub.builder().timeline(timeline -> timeline.maxRecordedRequests(1)).build()) {
      for (int i = 0; i < 1_300; i++) {
        small.log().add(rest("sendToAll").text("x").done(), null);
      }

      assertThat(small).hasReceivedRequest(sendToAll());
      fails(
          () -> assertThat(small).hasReceivedNoRequest(sendToUser("alice")),
          """
          [service] expected to have received no such request, but cannot tell as older ones were dropped
            unwanted   sendToUser("alice")
            received   1 request; 1,299 older dropped, see maxRecordedRequests
              +0.012 s  sendToAll()  from the server  hub hub  202  text "x\"""");
      fails(
          () -> assertThat(small).hasReceivedRequests(1, sendToAll()),
          """
          [service] expected to have received 1 such request, but cannot tell as older ones were dropped
            expected   sendToAll()
            received   1 request; 1,299 older dropped, see maxRecordedRequests
              +0.012 s  sendToAll()  from the server  hub hub  202  text "x"     <- this matches""");
    }
  }

  @Test
  void aHubThatWasSaidHoldsForPatterns() {
    add(rest("sendToAll").hub("chat"));

    assertThat(service).inHub("CHAT").hasReceivedRequest(sendToAll());
    assertThat(service).inHub("news").hasReceivedNoRequest(sendToAll());
    assertThat(service).inHub("news").hasReceivedRequest(sendToAll().inHub("chat"));
    assertThat(service).hasReceivedRequest(sendToAll());
  }

  @Test
  void aRequestHasItsOwnAssertions() {
    add(
        client("event", "alice")
            .event("vote")
            .payload(Payload.json("{\"a\":1}").withMetadata(Map.of("k", "v"))));

    assertThat(service)
        .receivesEvent("vote")
        .isFromClient()
        .isFromUser("alice")
        .hasJson("{\"a\": 1.0}")
        .hasMetadata("k", "v");
  }

  @Test
  void aRequestThatIsDifferentSaysHow() {
    add(rest("sendToUser").user("alice").text("Hello").at(1));
    RequestAssert request = assertThat(service).receivesRequest(sendToUser("alice"));

    fails(
        () -> request.hasText("Hallo"),
        """
        [service] expected a request with text "Hallo"
          request   sendToUser("alice")  text "Hello"  from the server  in hub hub  -> 202
          but       data differs from character 1 on""");
    fails(
        request::isRefused,
        """
        [service] expected a request refused
          request   sendToUser("alice")  text "Hello"  from the server  in hub hub  -> 202
          but       not refused: 202""");
    fails(
        () -> request.isFromUser("bob"),
        """
        [service] expected a request from user "bob"
          request   sendToUser("alice")  text "Hello"  from the server  in hub hub  -> 202
          but       from the server""");
    request.extractingText().startsWith("Hel");
  }

  @Test
  void aMissingConnectionShowsTheHandshakes() {
    add(client("connect", "bob").at(5));
    add(client("rejectedHandshake", null).refused("401 The token expired").at(7));

    fails(
        () -> assertThat(service).within(ofMillis(1)).receivesConnectionFrom("alice"),
        """
        [service] expected a connection within 1 ms
          expected   one from user "alice" that was not received before
          received   2 handshakes
            +0.005 s  connect()            from user "bob"  hub hub  ok
            +0.007 s  rejectedHandshake()  from a client    hub hub  401 The token expired""");
  }

  @Test
  void aNegativeTimeIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> assertThat(service).within(ofMillis(-1)))
        .withMessage("a time to wait must not be negative but is PT-0.001S");
  }

  private void add(Operations operation) {
    service.log().add(operation.done(), null);
  }

  private static void fails(ThrowingCallable assertion, String text) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(assertion)
        .extracting(failure -> Unstretched.text(failure.getMessage()))
        .isEqualTo(text);
  }
}
