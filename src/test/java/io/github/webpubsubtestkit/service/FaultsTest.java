package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.binary;
import static io.github.webpubsubtestkit.client.Content.json;
import static io.github.webpubsubtestkit.client.Content.protobuf;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.conformance.RestDriver.ALL;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.service.RequestPattern.anyRequest;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static io.github.webpubsubtestkit.service.RequestPattern.userExists;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.conformance.HttpAnswer;
import io.github.webpubsubtestkit.conformance.RestDriver;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private final FakeWebPubSub service = builder().build();
  private final RestDriver app = new RestDriver(service.endpoint(), service.accessKey(), "hub");

  /** The fake of these tests. */
  FakeWebPubSubBuilder builder() {
    return FakeWebPubSub.builder();
  }

  @AfterEach
  void stop() {
    app.close();
    service.close();
  }

  private HttpAnswer send(String target, String text) {
    return app.call("POST", target + "/:send", "", "text/plain", text.getBytes(UTF_8));
  }

  @Test
  @DisplayName("a fault is for one request, which does nothing, and the next is as always")
  void once() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.faults().request(sendToAll()).answer(503);

    HttpAnswer first = send(ALL, "lost");
    HttpAnswer second = send(ALL, "arrives");

    assertThat(first.status()).isEqualTo(503);
    assertThat(first.text()).isEmpty();
    assertThat(second.status()).isEqualTo(202);
    assertThat(alice).receivesText("arrives");
    assertThat(alice).hasReceivedNoText("lost");
  }

  @Test
  @DisplayName("times says for how many requests")
  void times() {
    service.faults().request(sendToAll()).answer(500).times(2);

    assertThat(send(ALL, "1").status()).isEqualTo(500);
    assertThat(send(ALL, "2").status()).isEqualTo(500);
    assertThat(send(ALL, "3").status()).isEqualTo(202);
  }

  @Test
  @DisplayName("times may be said again, and counts the requests that were before")
  void timesAgain() {
    RequestFault fault = service.faults().request(sendToAll()).answer(500);
    assertThat(send(ALL, "1").status()).isEqualTo(500);

    fault.times(2);

    assertThat(send(ALL, "2").status()).isEqualTo(500);
    assertThat(send(ALL, "3").status()).isEqualTo(202);
  }

  @Test
  @DisplayName("only what the pattern describes meets a fault, its data included")
  void pattern() {
    service.faults().request(sendToUser("alice").withText("bad")).answer(500);

    assertThat(send(ALL, "bad").status()).isEqualTo(202);
    assertThat(send(user("bob"), "bad").status()).isEqualTo(202);
    assertThat(send(user("alice"), "good").status()).isEqualTo(202);
    assertThat(send(user("alice"), "bad").status()).isEqualTo(500);
  }

  @Test
  @DisplayName("what is refused anyway meets no fault")
  void refusedAnyway() {
    service.faults().request(anyRequest()).answer(503);

    try (RestDriver stranger = new RestDriver(service.endpoint(), "k".repeat(32), "hub")) {
      assertThat(stranger.call("POST", "/:send", "", null, new byte[0]).status()).isEqualTo(401);
    }
    assertThat(app.call("POST", "/:send", "&messageTtlSeconds=x", null, new byte[0]).status())
        .isEqualTo(400);
    assertThat(app.call("GET", "/:send", "", null, new byte[0]).status()).isEqualTo(405);
    assertThat(send(ALL, "x").status()).isEqualTo(503);
  }

  @Test
  @DisplayName("a fault comes before what is found: also the answer that something is not there")
  void beforeTheAction() {
    service.faults().request(userExists("nobody")).answer(500);

    assertThat(app.call("HEAD", user("nobody"), "", null, new byte[0]).status()).isEqualTo(500);
    assertThat(app.call("HEAD", user("nobody"), "", null, new byte[0]).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("retryAfter is in seconds, and for a part of one in milliseconds, too")
  void retryAfter() {
    service.faults().request(sendToAll()).answer(429).retryAfter(ofSeconds(2));
    service.faults().request(sendToAll()).answer(429).retryAfter(ofMillis(1010));
    service.faults().request(sendToAll()).answer(307).header("Location", "http://localhost/");

    HttpAnswer seconds = send(ALL, "1");
    HttpAnswer millis = send(ALL, "2");
    HttpAnswer redirect = send(ALL, "3");

    assertThat(seconds.status()).isEqualTo(429);
    assertThat(seconds.header("Retry-After")).contains("2");
    assertThat(seconds.header("retry-after-ms")).isEmpty();
    assertThat(millis.header("Retry-After")).contains("2");
    assertThat(millis.header("retry-after-ms")).contains("1010");
    assertThat(redirect.status()).isEqualTo(307);
    assertThat(redirect.header("Location")).contains("http://localhost/");
  }

  @Test
  @DisplayName("of two faults for a request it meets the one that was ordered first")
  void order() {
    service.faults().request(sendToAll()).answer(500).times(2);
    service.faults().request(anyRequest()).answer(503);

    assertThat(send(ALL, "1").status()).isEqualTo(500);
    assertThat(send(user("alice"), "2").status()).isEqualTo(503);
    assertThat(send(ALL, "3").status()).isEqualTo(500);
  }

  @Test
  @DisplayName("requests and timeline show a fault that was met")
  void recorded() {
    service.faults().request(sendToAll()).answer(503).times(2);

    send(ALL, "x");

    RecordedRequest request = service.requests().get(0);
    assertThat(request.operation()).isEqualTo("sendToAll");
    assertThat(request.outcome()).isEqualTo("503 fault");
    assertThat(request.isSuccessful()).isFalse();
    assertThat(request.text()).contains("x");
    assertThat(service).hasReceivedRequest(sendToAll().withOutcome("503"));
    assertThat(service.timeline())
        .contains("fault: 503 instead of sendToAll(), 1 of 2")
        .contains("503 fault")
        .contains("fault not met: 503 for sendToAll(), met 1 of 2 times");
  }

  @Test
  @DisplayName("a fault that nobody met is in the timeline, while the fake runs and afterwards")
  void unmet() {
    service.faults().request(sendToUser("alice")).answer(503);
    String line = "fault not met: 503 for sendToUser(\"alice\"), met 0 of 1 times";
    assertThat(service.timeline()).containsOnlyOnce(line);

    service.close();

    assertThat(service.timeline()).containsOnlyOnce(line);
  }

  @Test
  @DisplayName("clear takes back what was not met")
  void clear() {
    service.faults().request(sendToAll()).answer(503);

    service.faults().clear();

    assertThat(send(ALL, "x").status()).isEqualTo(202);
    assertThat(service.timeline()).doesNotContain("fault");
  }

  @Test
  @DisplayName(
      "a delayed request is carried out when the fake's time has passed, and then recorded")
  void delayed() {
    service.faults().request(sendToAll()).delay(ofSeconds(30));

    CompletableFuture<HttpAnswer> answer = CompletableFuture.supplyAsync(() -> send(ALL, "late"));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> service.clients().expectIdle(WaitTimes.fixed(untilHeld()).usual()))
        .withMessageContaining(
            "POST /api/hubs/hub/:send?api-version=2024-12-01, held back by the fault \"delay of 30 s for sendToAll(), met 1 of 1 times\"");
    assertThat(answer).isNotDone();
    assertThat(service.requests()).isEmpty();
    PubSubClient alice = service.connect(asUser("alice"));
    service.clock().advanceBy(ofSeconds(30));

    assertThat(alice).receivesText("late");
    assertThat(answer.join().status()).isEqualTo(202);
    service.awaitIdle();
    assertThat(service).hasReceivedRequest(sendToAll().withText("late"));
    assertThat(service.timeline()).contains("fault: delay of 30 s before sendToAll(), 1 of 1");
  }

  /** Waits until a request has met a fault; half a second is long enough for a turn of the loop. */
  private Duration untilHeld() {
    eventually().until(() -> service.timeline().contains("fault: "));
    return ofMillis(500);
  }

  @Test
  @DisplayName("an answer, too, can be late")
  void lateAnswer() {
    service.faults().request(sendToAll()).delay(ofMillis(1)).answer(504);

    assertThat(send(ALL, "x").status()).isEqualTo(504);
    assertThat(service.timeline()).contains("fault: 504 after 1 ms instead of sendToAll(), 1 of 1");
  }

  @Test
  @DisplayName("the connection of a dropped request ends without an answer, and others go on")
  void dropped() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.faults().request(sendToAll()).drop();

    assertThatThrownBy(() -> send(ALL, "lost")).hasMessageContaining("connection ended by RESET");

    try (RestDriver again = new RestDriver(service.endpoint(), service.accessKey(), "hub")) {
      byte[] text = "arrives".getBytes(UTF_8);
      assertThat(again.call("POST", "/:send", "", "text/plain", text).status()).isEqualTo(202);
    }
    assertThat(alice).receivesText("arrives");
    assertThat(alice).hasReceivedNoText("lost");
    RecordedRequest request = service.requests().get(1);
    assertThat(request.outcome()).isEqualTo("dropped fault");
    assertThat(request.status()).isEmpty();
    assertThat(request.isSuccessful()).isFalse();
    assertThat(request.reachedConnections()).isZero();
    assertThat(service.requests().get(2).reachedConnections()).isOne();
  }

  @Test
  @DisplayName("a request is carried out though its answer is dropped, so that it comes twice")
  void answerDropped() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.faults().request(sendToAll()).dropAnswer();

    assertThatThrownBy(() -> send(ALL, "twice")).hasMessageContaining("connection ended by RESET");
    try (RestDriver again = new RestDriver(service.endpoint(), service.accessKey(), "hub")) {
      byte[] text = "twice".getBytes(UTF_8);
      assertThat(again.call("POST", "/:send", "", "text/plain", text).status()).isEqualTo(202);
    }

    assertThat(alice).receivesExactly("twice", "twice");
    assertThat(service).hasReceivedRequests(2, sendToAll().withOutcome("202"));
    assertThat(service.timeline()).contains("fault: answer dropped after sendToAll(), 1 of 1");
  }

  @Test
  @DisplayName("an answer may have a body and its content type")
  void body() {
    service.faults().request(sendToAll()).answer(500, json("{\"code\":\"Internal\"}"));
    service
        .faults()
        .request(sendToAll())
        .answer(500, binary(new byte[] {1}))
        .header("content-type", "x/y");

    HttpAnswer first = send(ALL, "1");
    HttpAnswer second = send(ALL, "2");

    assertThat(first.text()).isEqualTo("{\"code\":\"Internal\"}");
    assertThat(first.header("Content-Type")).contains("application/json");
    assertThat(second.body()).containsExactly(1);
    assertThat(second.header("Content-Type")).contains("x/y");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                service
                    .faults()
                    .request(sendToAll())
                    .answer(500, protobuf(Any.getDefaultInstance())))
        .withMessage(
            "the body of answer(status, body) is a text, a JSON value or bytes, not protobuf");
  }

  @Test
  @DisplayName("a fault that was not told what goes wrong is none")
  void unfinished() {
    service.faults().request(sendToAll()).times(3);

    assertThat(send(ALL, "x").status()).isEqualTo(202);
    assertThat(service.timeline()).contains("fault not finished: sendToAll()");
  }

  @Test
  @DisplayName("a fault without an effect says so, where it is named")
  void unfinishedInTexts() {
    ConnectionFault begun = service.faults().connection(ClientPattern.ofAnyone()).afterMessages(2);

    assertThatIllegalStateException()
        .isThrownBy(() -> begun.afterMessages(3))
        .withMessageEndingWith(": the connection of anyone after 2 messages, without an effect");
  }

  @Test
  @DisplayName("a fault that was taken back stays so")
  void takenBack() {
    RequestFault fault = service.faults().request(sendToAll()).answer(503);
    service.faults().clear();

    assertThatIllegalStateException()
        .isThrownBy(() -> fault.times(2))
        .withMessageStartingWith(
            "this fault was taken back, by clear(), reset() or close(): order a new one. It was:"
                + " 503 for");
    assertThat(send(ALL, "x").status()).isEqualTo(202);
    assertThat(fault.timesMet()).isZero();
  }

  @Test
  @DisplayName("a fault cannot be ordered once the fake is closed")
  void afterClose() {
    RequestFault begun = service.faults().request(sendToAll());
    service.close();

    for (ThrowingCallable each :
        List.<ThrowingCallable>of(
            () -> service.faults().request(sendToAll()),
            () -> service.faults().message(MessagePattern.toAnyone()))) {
      assertThatIllegalStateException()
          .isThrownBy(each)
          .withMessage("the fake is closed, so nothing can meet a fault of it");
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> begun.answer(503))
        .withMessage(
            "this fault was taken back, by clear(), reset() or close(): order a new one. It was:"
                + " sendToAll(), without an effect");
    service.faults().clear();
  }

  @Test
  @DisplayName("times cannot be fewer than have met the fault already")
  void fewerTimesThanMet() {
    RequestFault fault = service.faults().request(sendToAll()).answer(503).always();
    send(ALL, "1");
    send(ALL, "2");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.times(1))
        .withMessage(
            "times must be at least 2, as it was met as often already, but is 1: order another"
                + " fault for what comes now");
    assertThat(send(ALL, "3").status()).isEqualTo(503);
    assertThat(fault.times(3)).hasToString("503 for sendToAll(), met 3 of 3 times");
    assertThat(send(ALL, "4").status()).isEqualTo(202);
  }

  @Test
  @DisplayName("an answer that could not be sent as ordered is refused")
  void impossibleAnswers() {
    RequestFault fault = service.faults().request(sendToAll());

    for (int status : new int[] {204, 304}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fault.answer(status, text("xyz")))
          .withMessage(
              "an answer with %1$d has no body: call answer(%1$d), or choose another status",
              status);
    }
    fault.answer(204);
    for (String name : List.of("Content-Length", "transfer-encoding", "Connection")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fault.header(name, "7"))
          .withMessage(name + " follows from the answer and its connection: leave it out");
    }
    assertThat(send(ALL, "x").status()).isEqualTo(204);
  }

  @Test
  @DisplayName("retryAfter replaces what was said before, and is rounded up")
  void retryAfterAgain() {
    service
        .faults()
        .request(sendToAll())
        .answer(429)
        .retryAfter(ofMillis(10))
        .retryAfter(ofSeconds(3));
    service.faults().request(sendToAll()).answer(429).retryAfter(Duration.ofNanos(1_000_000_001));

    HttpAnswer replaced = send(ALL, "1");
    HttpAnswer rounded = send(ALL, "2");

    assertThat(replaced.header("Retry-After")).contains("3");
    assertThat(replaced.header("retry-after-ms")).isEmpty();
    assertThat(rounded.header("Retry-After")).contains("2");
    assertThat(rounded.header("retry-after-ms")).contains("1001");
  }

  @Test
  @DisplayName("who waits in vain is told of the request that a fault holds back")
  void heldBack() {
    PubSubClient alice = service.connect(asUser("alice"));
    RequestFault slow = service.faults().request(sendToAll()).delay(ofSeconds(30));
    CompletableFuture<HttpAnswer> answer = CompletableFuture.supplyAsync(() -> send(ALL, "late"));
    eventually().until(() -> slow.timesMet() == 1);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(alice).within(ofMillis(1)).receivesText("late"))
        .withMessageContaining("no answer yet to POST ")
        .withMessageContaining("held back by the fault \"delay of 30 s for sendToAll()");
    service.clock().advanceBy(ofSeconds(30));
    assertThat(alice).receivesText("late");
    assertThat(answer.join().status()).isEqualTo(202);
  }

  @Test
  @DisplayName("what makes no sense is refused where it is said")
  void wrongOrders() {
    Faults faults = service.faults();
    RequestFault sends = faults.request(sendToAll());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.request(sendToAll().refused()))
        .withMessageContaining("pattern sendToAll() refused says an outcome");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sends.answer(199))
        .withMessage("status must be 200 to 599 but is 199");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sends.answer(600))
        .withMessage("status must be 200 to 599 but is 600");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sends.delay(Duration.ZERO))
        .withMessage("delay must be more than zero but is PT0S");
    assertThatIllegalStateException()
        .isThrownBy(() -> sends.header("a", "b"))
        .withMessage("only an answer has headers: call answer(status) before");
    RequestFault dropping = faults.request(sendToAll()).drop();
    assertThatIllegalStateException()
        .isThrownBy(() -> dropping.answer(500))
        .withMessageStartingWith("a request that is dropped gets no answer: connection dropped");
    RequestFault fault = sends.answer(500);
    assertThatIllegalStateException()
        .isThrownBy(fault::drop)
        .withMessageStartingWith("a request that is answered is not dropped: 500 for sendToAll()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.times(0))
        .withMessage("times must be at least 1 but is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.retryAfter(ofSeconds(-1)))
        .withMessageContaining("must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.header("a b", "c"))
        .withMessage("not a name of a header: \"a b\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault.header("a", "b\r\nc: d"))
        .withMessageContaining("printable ASCII");
  }
}
