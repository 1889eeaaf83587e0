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
        [service] expected sendToUser("alice") with … within 10 ms; nearest: data: expected "Hello, alice" but was "Hello alice"
          expected   sendToUser("alice") with text "Hello, alice"
          nearest    data: expected "Hello, alice" but was "Hello alice"
          received   3 requests
            +0.012 s  sendToUser("alice")    from the server  hub "hub"   202, to 1 connection  text "Hello alice"     <- nearest
            +0.840 s  joinGroup("prices")    from user "bob"  hub "hub"   Forbidden
            +1.377 s  closeConnection("c1")  from the server  hub "chat"  202, 1 connection     reason [bye]
          times are seconds since the service started; now it is +0.000 s""");
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
        [service] expected addUserToGroup("alice", "room") to be there already; nearest: refused with 404 Error.User.NotExisted
          nearest    refused with 404 Error.User.NotExisted
          received   1 request, 1 handshake
            +0.001 s  rejectedHandshake()              from a client    hub "hub"  401 The signature is invalid  rejectedHandshake as it was sent
            +0.012 s  addUserToGroup("alice", "room")  from the server  hub "hub"  404 Error.User.NotExisted     <- nearest
          times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void aMissingRequestIsSaidToHaveBeenReadAlready() {
    add(rest("sendToAll").text("1"));
    add(rest("sendToAll").text("2"));
    assertThat(service).receivesRequest(sendToAll().withText("2"));

    fails(
        () -> assertThat(service).within(ZERO).receivesRequest(sendToAll().withText("1")),
        """
        [service] expected sendToAll() with text "1" to be there already but no new one came
          received   no request, besides 2 already read
            +0.012 s  sendToAll()  from the server  hub "hub"  202, to 1 connection  text "1"     <- this matches, but an earlier assertion has read it or a later one
          times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void aMissingRequestWithNothingAtAll() {
    fails(
        () -> assertThat(service).within(ZERO).receivesRequest(joinGroup("room").fromUser("bob")),
        """
        [service] expected joinGroup("room") from user "bob" to be there already but none came
          received   no request
          times are seconds since the service started; now it is +0.000 s""");
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
        [service] expected sendToGroup("room") from user "bob" … to be there already; nearest: data $.id: expected 42 but was 41
          expected   sendToGroup("room") from user "bob" with json {"id":42,"state":"paid"}
          nearest    data $.id: expected 42 but was 41
          received   3 requests
            +0.001 s  sendToGroup("room")  from user "bob"  hub "hub"  ok, to 1 connection  json {"id":41,"state":"paid"}     <- nearest
            +0.002 s  sendToGroup("room")  from user "bob"  hub "hub"  ok, to 1 connection  json {"id":42,"state":"open"}
            +0.003 s  sendToGroup("vip")   from user "bob"  hub "hub"  ok, to 1 connection  json {"id":42,"state":"paid"}
          times are seconds since the service started; now it is +0.000 s""");
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
        [service] expected sendToGroup("room") from the server in hub "hub" with j… to be there already; nearest: group is "vip"
          expected   sendToGroup("room") from the server in hub "hub" with json 1 with metadata a=2 excluding [c1] with reason "bye" with parameter filter=y from connection "c7" refused
          nearest    group is "vip"
                     from user "bob"
                     hub is "chat"
                     data is text
                     metadata a is 1
                     excludes nobody
                     gives no reason
                     has no parameter filter
                     from connection "c-bob"
                     not refused but ok
          received   1 request
            +0.001 s  sendToGroup("vip")  from user "bob"  hub "chat"  ok, to 1 connection  text "x" metadata {a=1, b=2}     <- nearest
          times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void anEventThatNobodyTakesSaysWhatHelps() {
    add(client("event", "alice").event("message").text("hi").refused("InternalServerError"));

    fails(
        () -> assertThat(service).within(ZERO).receivesEvent("message"),
        """
        [service] expected event("message") to be there already; nearest: refused with InternalServerError, as nobody takes eve…
          expected   event("message")
          nearest    refused with InternalServerError, as nobody takes events; service.recordEvents() makes the fake take them
          received   1 request
            +0.012 s  event("message")  from user "alice"  hub "hub"  InternalServerError  text "hi"     <- nearest
          times are seconds since the service started; now it is +0.000 s""");
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
        [service] expected addUserToGroup(… to be there already; nearest: group is "a%2Fb", as %2F in a path is not decoded; de…
          expected   addUserToGroup("alice", "a/b")
          nearest    group is "a%2Fb", as %2F in a path is not decoded; decodeSlash(true) does
          received   1 request
            +0.012 s  addUserToGroup("alice", "a%2Fb")  from the server  hub "hub"  202, 1 connection     <- nearest
          times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void payloadsWithPercentSignsAreShownAsTheyAre() {
    add(rest("sendToAll").text("100 %s %n done"));

    fails(
        () -> assertThat(service).within(ZERO).receivesRequest(sendToAll().withText("%d")),
        """
        [service] expected sendToAll() with text "%d" to be there already; nearest: data: expected "%d" but was "100 %s %n done"
          nearest    data: expected "%d" but was "100 %s %n done"
          received   1 request
            +0.012 s  sendToAll()  from the server  hub "hub"  202, to 1 connection  text "100 %s %n done"     <- nearest
          times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void theDescriptionStandsFirst() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                assertThat(service).as("greeting 100 %").within(ZERO).receivesRequest(sendToAll()))
        .withMessageStartingWith(
            "[greeting 100 %] [service] expected sendToAll() to be there already but none came");
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
        [service] expected sendToUser("alice") to have been received but only 1 other came
          received   1 request
            +0.012 s  sendToAll()  from the server  hub "hub"  202, to 1 connection  text "1"
          times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void anUnwantedRequestIsMarked() {
    add(rest("sendToAll").text("1"));
    add(client("leaveGroup", "bob").group("room").at(20));

    fails(
        () -> assertThat(service).hasReceivedNoRequest(leaveGroup("room")),
        """
        [service] expected no request leaveGroup("room") to have been received but 1 came
          received   2 requests
            +0.012 s  sendToAll()         from the server  hub "hub"  202, to 1 connection  text "1"
            +0.020 s  leaveGroup("room")  from user "bob"  hub "hub"  ok     <- this matches
          times are seconds since the service started; now it is +0.000 s""");
    fails(
        () -> assertThat(service).hasReceivedRequests(0, leaveGroup("room")),
        """
        [service] expected 0 requests leaveGroup("room") but 1 came
          received   2 requests
            +0.012 s  sendToAll()         from the server  hub "hub"  202, to 1 connection  text "1"
            +0.020 s  leaveGroup("room")  from user "bob"  hub "hub"  ok     <- this matches
          times are seconds since the service started; now it is +0.000 s""");
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
        [service] expected no request sendToAll() but one came
          received   1 request, besides 1 already read
            +0.012 s  sendToAll()  from the server  hub "hub"  202, to 1 connection  text "2"     <- this matches
          times are seconds since the service started; now it is +0.000 s""");
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
          [service] expected no request sendToUser("alice"), but cannot tell as older ones were dropped
            received   1 request; 1,299 older dropped, see maxRecordedRequests
              +0.012 s  sendToAll()  from the server  hub "hub"  202, to 1 connection  text "x"
            times are seconds since the service started; now it is +0.000 s""");
      fails(
          () -> assertThat(small).hasReceivedRequests(1, sendToAll()),
          """
          [service] expected 1 request sendToAll(), but cannot tell as older ones were dropped
            received   1 request; 1,299 older dropped, see maxRecordedRequests
              +0.012 s  sendToAll()  from the server  hub "hub"  202, to 1 connection  text "x"     <- this matches
            times are seconds since the service started; now it is +0.000 s""");
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
        [service] expected a request with text "Hallo" but: data: expected "Hallo" but was "Hello"
          request   sendToUser("alice")  text "Hello"  from the server  in hub "hub"  -> 202""");
    fails(
        request::isRefused,
        """
        [service] expected a request refused but: not refused but 202
          request   sendToUser("alice")  text "Hello"  from the server  in hub "hub"  -> 202""");
    fails(
        () -> request.isFromUser("bob"),
        """
        [service] expected a request from user "bob" but: from the server
          request   sendToUser("alice")  text "Hello"  from the server  in hub "hub"  -> 202""");
    request.extractingText().startsWith("Hel");
  }

  @Test
  void aMissingConnectionShowsTheHandshakes() {
    add(client("connect", "bob").at(5));
    add(client("rejectedHandshake", null).refused("401 The token expired").at(7));

    fails(
        () -> assertThat(service).within(ofMillis(1)).receivesConnectionFrom("alice"),
        """
        [service] expected a connection from user "alice" within 1 ms but no new one came
          received   2 handshakes
            +0.005 s  connect()            from user "bob"  hub "hub"  ok
            +0.007 s  rejectedHandshake()  from a client    hub "hub"  401 The token expired  rejectedHandshake as it was sent
          times are seconds since the service started; now it is +0.000 s""");
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
        .extracting(
            failure ->
                Unstretched.text(String.valueOf(failure.getMessage()))
                    .replaceAll("now it is \\+\\d+\\.\\d{3} s", "now it is +0.000 s"))
        .isEqualTo(text);
  }
}
