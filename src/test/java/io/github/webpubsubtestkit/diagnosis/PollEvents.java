package io.github.webpubsubtestkit.diagnosis;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.diagnosis.Seeded.SOON;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.handler.EventAnswer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubExtension;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.diagnosis.EventApplication.Answer;
import io.github.webpubsubtestkit.diagnosis.WebSocketApplication.Connection;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.handler.UserEvent;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Polls, orders and games that are events for their server. */
@WebPubSubTest
class PollEvents {

  /** Counts votes; the hub it is made for is in its settings. */
  private static EventApplication polls() {
    AtomicInteger votes = new AtomicInteger();
    return EventApplication.start(
        (event, text) -> new Answer(200, "votes: " + votes.incrementAndGet()));
  }

  @Seeded("handler-for-another-hub")
  void votesAreCounted(
      FakeWebPubSub service, @Connected(hub = "polls", userId = "alice") PubSubClient alice) {
    Map<String, String> settings = new HashMap<>(Map.of("hub", "poll", "path", "/eventhandler"));
    try (EventApplication polls = polls()) {
      service
          .eventHandler(settings.getOrDefault("hub", ""))
          .url(polls.url(settings.getOrDefault("path", "")));

      alice.sendEvent("vote", "yes");

      assertThat(alice).within(SOON).receivesText("votes: 1");
    }
  }

  @Seeded("nobody-takes-the-event")
  void votesAreAnswered(@Connected(userId = "alice") PubSubClient alice) {
    try (EventApplication polls = polls()) {
      assertThat(polls.url("/eventhandler")).isNotEmpty();

      alice.sendEvent("vote", "yes");

      assertThat(alice).within(SOON).receivesText("votes: 1");
    }
  }

  @Seeded("nobody-takes-the-message")
  void simpleClientsAreCounted(@Connected(userId = "alice") SimpleClient alice) {
    try (EventApplication polls = polls()) {
      assertThat(polls.url("/eventhandler")).isNotEmpty();

      alice.sendText("yes");

      assertThat(alice).within(SOON).receivesText("votes: 1");
    }
  }

  @Seeded("pattern-takes-no-updates")
  void changesAreAnswered(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    try (EventApplication polls = polls()) {
      EventHandler handler = EventHandler.url(polls.url("/eventhandler"));
      service.eventHandler("hub").add(handler.userEvents("created,deleted"));
      alice.sendEvent("created", "lunch on Friday?");

      alice.sendEvent("updated", "lunch on Monday?");

      assertThat(alice).within(SOON).receivesText("votes: 2");
    }
  }

  @Seeded("no-abuse-protection")
  void theServerIsAccepted(FakeWebPubSub service) {
    try (EventApplication polls =
        EventApplication.withoutValidation((event, text) -> Answer.NOTHING)) {
      service.eventHandler("hub").url(polls.url("/eventhandler"));

      PubSubClient alice = service.connect(asUser("alice"));

      assertThat(alice).isConnected();
    }
  }

  @Seeded("handler-answers-500")
  void aVoteForNothingIsTaken(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    try (EventApplication polls =
        EventApplication.start(
            (event, text) -> text.isEmpty() ? new Answer(500, "oops") : new Answer(200, text))) {
      service.eventHandler("hub").url(polls.url("/eventhandler"));

      alice.sendEvent("vote", "");

      assertThat(alice).isConnected();
    }
  }

  @Seeded("handler-throws")
  void bidsAreTaken(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    Auction auction = new Auction();
    service.eventHandler("hub").onUserEvent("bid", auction::bid);

    alice.sendEvent("bid", "1,000");

    assertThat(alice).within(SOON).receivesText("highest bid: 1000");
  }

  static final class Auction {
    private int highest;

    EventAnswer bid(UserEvent event) {
      highest = Math.max(highest, Integer.parseInt(event.text()));
      return reply("highest bid: " + highest);
    }
  }

  @Seeded("handler-deadlock")
  void doraSubmitsAndConfirms(
      FakeWebPubSub service, @Connected(userId = "alice", groups = "tutors") PubSubClient alice) {
    CountDownLatch confirmed = new CountDownLatch(1);
    try (EventApplication exams =
        EventApplication.start(
            (event, text) -> {
              if (event.equals("submit")) {
                confirmed.await();
                service.sendToGroup("tutors", "dora: " + text);
              } else {
                confirmed.countDown();
              }
              return Answer.NOTHING;
            })) {
      service.eventHandler("hub").url(exams.url("/eventhandler"));
      ExamPage dora = new ExamPage(service.clientUrl(asUser("dora")));

      dora.submit("answer 42");

      assertThat(alice).within(SOON).receivesText("dora: answer 42");
    }
  }

  record ExamPage(URI url) {

    void submit(String text) {
      Connection connection = WebSocketApplication.open(url, WebSocketApplication.JSON);
      String event =
          """
          {"type":"event","event":"%s","dataType":"text","data":"%s"}""";
      connection.send(event.formatted("submit", text));
      connection.send(event.formatted("confirm", text));
    }
  }

  @Seeded("event-name-typo")
  void theServerHearsOfTheOrder(FakeWebPubSub service) {
    EventHandlerStub server =
        service.eventHandler("hub").onUserEvent("orderPlaced", event -> acknowledge());

    new ShopPage(service.clientUrl(asUser("dora"))).order("order-placed", "42");

    assertThat(server).within(SOON).receivesEvent("orderPlaced").hasText("42");
  }

  record ShopPage(URI url) {

    void order(String event, String number) {
      WebSocketApplication.open(url, WebSocketApplication.JSON)
          .send(
              """
              {"type":"event","event":"%s","dataType":"text","data":"%s"}"""
                  .formatted(event, number));
    }
  }

  @Seeded("event-in-another-hub")
  void theServerHearsOfTheVote(FakeWebPubSub service) {
    EventHandlerStub server = service.eventHandler("polls").recording();

    new PollPage(service).vote("eu", "yes");

    assertThat(server).within(SOON).receivesEvent("vote").hasText("yes");
  }

  record PollPage(FakeWebPubSub service) {

    void vote(String region, String text) {
      URI url = service.clientUrl(asUser("dora").hub("polls_" + region));
      new ShopPage(url).order("vote", text);
    }
  }

  @Seeded("taken-by-another-handler")
  void theShoutIsAnswered(FakeWebPubSub service) {
    CommonSetUp.handlers(service);
    EventHandlerStub shouter =
        service
            .eventHandler("hub")
            .onUserEvent("shout", event -> reply(event.text().toUpperCase(Locale.ROOT)));
    PubSubClient alice = service.connect(asUser("alice"));

    alice.sendEvent("shout", "hi");

    assertThat(shouter).within(SOON).receivesEvent("shout");
  }

  /** What all tests of the suite begin with. */
  static final class CommonSetUp {
    private CommonSetUp() {}

    static void handlers(FakeWebPubSub service) {
      service.eventHandler("hub").recording();
    }
  }

  /** Quotes are answered in 200 ms, or not at all. */
  static class Quotes {

    @RegisterExtension
    static final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder()
            .fake(fake -> fake.events(events -> events.handlerDeadline(Duration.ofMillis(200))))
            .build();

    @Seeded("handler-too-late")
    void quotesAreAnswered(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      CountDownLatch market = new CountDownLatch(1);
      try (EventApplication quotes =
          EventApplication.start(
              (event, text) -> {
                market.await();
                return new Answer(200, text + " 42.00");
              })) {
        service.eventHandler("hub").url(quotes.url("/eventhandler"));

        alice.sendEvent("quote", "ACME");

        assertThat(alice).within(SOON).receivesText("ACME 42.00");
      }
    }
  }
}
