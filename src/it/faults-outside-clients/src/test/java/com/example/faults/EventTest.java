package com.example.faults;

import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.EventFault;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Faulty
@DisplayName("Faults of event handlers, on Express and with Microsoft's JavaScript client")
class EventTest {

  @Test
  @DisplayName("webhook refuses three times: Express gets the fourth try, the client hears of none")
  void refusedThreeTimes(FakeWebPubSub service, OutsideClients clients) {
    ExpressHandler shop = clients.express(service);
    MicrosoftClient alice = connected(service, clients);
    service.faults().event("order").answer(500).times(3);

    alice.event("call", "order", "42");

    alice.sees("call done");
    alice.sees("server: got 42");
    assertThat(shop.soFarWith("order 42")).hasSize(1);
  }

  @Test
  @DisplayName("webhook down: the call fails after four tries, and Express has not seen the event")
  void down(FakeWebPubSub service, OutsideClients clients) {
    ExpressHandler shop = clients.express(service);
    MicrosoftClient alice = connected(service, clients);
    service.faults().event("order").answer(500).times(4);

    alice.event("call", "order", "42");

    alice.sees("call failed: InternalServerError");
    alice.event("next", "order", "43");
    alice.sees("next done");
    assertThat(shop.soFarWith("order")).containsExactly("order 43");
  }

  @Test
  @DisplayName("webhook refuses with 400: the service does not try again")
  void refusedForGood(FakeWebPubSub service, OutsideClients clients) {
    ExpressHandler shop = clients.express(service);
    MicrosoftClient alice = connected(service, clients);
    service.faults().event("order").answer(400);

    alice.event("call", "order", "42");

    alice.sees("call failed: InternalServerError");
    assertThat(shop.soFarWith("order")).isEmpty();
  }

  @Test
  @DisplayName("webhook slow: Express has seen the event long ago when the call ends")
  void slow(FakeWebPubSub service, OutsideClients clients) {
    ExpressHandler shop = clients.express(service);
    MicrosoftClient alice = connected(service, clients);
    EventFault slow = service.faults().event("order", ofUser("alice")).delay(ofSeconds(30));

    alice.event("call", "order", "42");

    shop.sees("order 42");
    Faulty.Until.met(slow);
    assertThat(alice.soFarWith("call")).isEmpty();
    service.clock().advanceBy(ofSeconds(30));
    alice.sees("call done");
    alice.sees("server: got 42");
    assertThat(shop.soFarWith("order 42")).hasSize(1);
  }

  @Test
  @DisplayName("connection to the webhook broken: Express gets the event at the second try")
  void broken(FakeWebPubSub service, OutsideClients clients) {
    ExpressHandler shop = clients.express(service);
    MicrosoftClient alice = connected(service, clients);
    service.faults().event("order").drop();

    alice.event("call", "order", "42");

    alice.sees("call done");
    assertThat(shop.soFarWith("order 42")).hasSize(1);
  }

  @Test
  @DisplayName("duplicate delivery: Express, whose answer is lost, sees the event twice")
  void answerLost(FakeWebPubSub service, OutsideClients clients) {
    ExpressHandler shop = clients.express(service);
    MicrosoftClient alice = connected(service, clients);
    service.faults().event("order").dropAnswer();

    alice.event("call", "order", "42");

    alice.sees("call done");
    assertThat(shop.soFarWith("order 42")).hasSize(2);
    assertThat(alice.soFarWith("server: got 42")).hasSize(1);
  }

  @Test
  @DisplayName("webhook hangs: the call fails when the service has waited enough")
  void hangs(FakeWebPubSub service, OutsideClients clients) {
    ExpressHandler shop = clients.express(service);
    MicrosoftClient alice = connected(service, clients);
    EventFault hanging = service.faults().event("order").hang();

    alice.event("call", "order", "42");

    Faulty.Until.met(hanging);
    assertThat(alice.soFarWith("call")).isEmpty();
    service.clock().advanceBy(ofMinutes(2));
    alice.sees("call failed: InternalServerError");
    assertThat(shop.soFarWith("order")).isEmpty();
  }

  @Test
  @DisplayName("wrong answer: the call fails, and no message comes")
  void wrongAnswer(FakeWebPubSub service, OutsideClients clients) {
    clients.express(service);
    MicrosoftClient alice = connected(service, clients);
    service
        .faults()
        .event("order")
        .answer(200, text("no picture"))
        .header("Content-Type", "image/png");

    alice.event("call", "order", "42");

    alice.sees("call failed: InternalServerError");
    assertThat(alice.soFarWith("server")).isEmpty();
  }

  @Test
  @DisplayName("connect event refused: Microsoft's JavaScript client does not start")
  void connectRefused(FakeWebPubSub service, OutsideClients clients) {
    ExpressHandler shop = clients.express(service);
    service.faults().event("connect").answer(403);

    clients.microsoft(service).seesStarting("not started: Unexpected server response: 4");

    assertThat(shop.soFarWith("connect ")).isEmpty();
  }

  @Test
  @DisplayName("connected event lost three times: Express gets the fourth try")
  void connectedLost(FakeWebPubSub service, OutsideClients clients) {
    ExpressHandler shop = clients.express(service);
    service.faults().event("connected").drop().times(3);

    connected(service, clients);

    shop.sees("connected alice");
  }

  private static MicrosoftClient connected(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice =
        clients.microsoft(service, Map.of("messageRetryOptions", Map.of("maxRetries", 0)));
    alice.connectionId();
    return alice;
  }
}
