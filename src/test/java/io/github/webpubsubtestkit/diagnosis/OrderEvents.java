package io.github.webpubsubtestkit.diagnosis;

import static com.azure.messaging.webpubsub.models.WebPubSubContentType.APPLICATION_JSON;
import static com.azure.messaging.webpubsub.models.WebPubSubContentType.TEXT_PLAIN;
import static io.github.webpubsubtestkit.diagnosis.Seeded.SOON;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A shop tells its customers what becomes of their orders. */
@WebPubSubTest
class OrderEvents {

  private static final String ALICE = "Alice@example.com";

  record Order(int number, String seller, String customer) {}

  @Seeded("other-user")
  void theCustomerHearsOfTheDelivery(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    new Shop(ServerSdk.client(service.connectionString())).ship(new Order(42, "sam", "alice"));

    assertThat(alice).within(SOON).receivesText("order 42 shipped");
  }

  record Shop(WebPubSubServiceClient azure) {

    void ship(Order order) {
      azure.sendToUser(order.seller(), "order " + order.number() + " shipped", TEXT_PLAIN);
    }
  }

  @Seeded("user-in-another-case")
  void theCustomerIsKnownByMail(
      FakeWebPubSub service, @Connected(userId = ALICE) PubSubClient alice) {
    new MailShop(ServerSdk.client(service.connectionString())).ship(new Order(42, "sam", ALICE));

    assertThat(alice).within(SOON).receivesText("order 42 shipped");
  }

  record MailShop(WebPubSubServiceClient azure) {

    void ship(Order order) {
      String user = order.customer().toLowerCase(Locale.ROOT);
      azure.sendToUser(user, "order " + order.number() + " shipped", TEXT_PLAIN);
    }
  }

  @Seeded("other-hub")
  void theCustomerSeesTheInvoice(
      FakeWebPubSub service, @Connected(hub = "invoice", userId = "alice") PubSubClient alice) {
    new Billing(service.connectionString()).send("alice", "invoice 7: 31.99 EUR");

    assertThat(alice).within(SOON).receivesText("invoice 7: 31.99 EUR");
  }

  record Billing(String connectionString) {

    void send(String customer, String invoice) {
      ServerSdk.client(connectionString, "invoices").sendToUser(customer, invoice, TEXT_PLAIN);
    }
  }

  @Seeded("filter-selects-nobody")
  void premiumCustomersSeeTheOffer(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    Offers offers = new Offers(ServerSdk.client(service.connectionString()));
    offers.upgrade("alice");

    offers.offer("20 % off");

    assertThat(alice).within(SOON).receivesText("20 % off");
  }

  record Offers(WebPubSubServiceClient azure) {

    void upgrade(String customer) {
      azure.addUserToGroupWithResponse("Premium", customer, null);
    }

    void offer(String text) {
      azure.sendToAllWithResponse(
          BinaryData.fromString(text),
          ServerSdk.contentType("text/plain").addQueryParam("filter", "'premium' in groups"));
    }
  }

  @Seeded("exception-swallowed")
  void theCustomerSeesHowTheParcelMoves(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    Parcels parcels = new Parcels(ServerSdk.client(service.connectionString()));
    parcels.follow("alice ", "parcel-9");

    parcels.move("parcel-9", "left the depot");

    assertThat(alice).within(SOON).receivesText("left the depot");
  }

  record Parcels(WebPubSubServiceClient azure) {

    /** Adds the customer to the group of the parcel, if that is possible now. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    boolean follow(String customer, String parcel) {
      try {
        azure.addUserToGroupWithResponse(parcel, customer, null);
        return true;
      } catch (RuntimeException notConnected) {
        return false;
      }
    }

    void move(String parcel, String what) {
      azure.sendToGroup(parcel, what, TEXT_PLAIN);
    }
  }

  @Seeded("order-swapped")
  void theCustomerSeesTheStepsOfTheOrder(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    new Steps(ServerSdk.client(service.connectionString())).deliver("alice");

    service.awaitIdle(); // the text shows all that came
    assertThat(alice).within(SOON).receivesExactly("packed", "shipped", "delivered");
  }

  record Steps(WebPubSubServiceClient azure) {

    void deliver(String customer) {
      for (String step : new String[] {"shipped", "packed", "delivered"}) {
        azure.sendToUser(customer, step, TEXT_PLAIN);
      }
    }
  }

  @Seeded("sent-twice")
  void theCustomerSeesEachReminderOnce(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    Reminders reminders = new Reminders(ServerSdk.client(service.connectionString()));

    for (int day = 1; day <= 3; day++) {
      reminders.remind("alice", day);
    }

    service.awaitIdle(); // the text shows all that came
    assertThat(alice).within(SOON).receivesExactly("day 1", "day 2", "day 3");
  }

  record Reminders(WebPubSubServiceClient azure) {

    void remind(String customer, int day) {
      try {
        azure.sendToUser(customer, "day " + day, TEXT_PLAIN);
        archive(day);
      } catch (IllegalStateException again) {
        azure.sendToUser(customer, "day " + day, TEXT_PLAIN);
      }
    }

    private static void archive(int day) {
      if (day == 2) {
        throw new IllegalStateException("the archive is busy");
      }
    }
  }

  @Seeded("number-in-json")
  void theCustomerSeesThePrices(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    new Catalogue(ServerSdk.client(service.connectionString())).publish();

    assertThat(alice).within(SOON).receivesJson(prices(new BigDecimal("0.49")));
  }

  record Catalogue(WebPubSubServiceClient azure) {

    void publish() {
      String prices = prices(new BigDecimal("0.49"));
      azure.sendToAll(prices.replace("\"price\":31.49", "\"price\":31.99"), APPLICATION_JSON);
    }
  }

  private static String prices(BigDecimal cents) {
    return IntStream.range(0, 40)
        .mapToObj(
            i -> "{\"article\":\"A-" + i + "\",\"price\":" + cents.add(new BigDecimal(i)) + "}")
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }

  @Seeded("json-sent-as-text")
  void theCustomerSeesTheState(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    new Status(ServerSdk.client(service.connectionString())).publish("open");

    assertThat(alice).within(SOON).receivesJson("{\"state\": \"open\"}");
  }

  record Status(WebPubSubServiceClient azure) {

    void publish(String state) {
      azure.sendToAllWithResponse(
          BinaryData.fromString("{\"state\":\"" + state + "\"}"),
          ServerSdk.contentType("text/plain"));
    }
  }

  @Seeded("request-near-miss")
  void theShopTellsTheWarehouse(FakeWebPubSub service) {
    new Warehouse(ServerSdk.client(service.connectionString())).request(List.of(42, 43));

    assertThat(service).within(SOON).receivesRequest(sendToGroup("orders").withText("pack 42, 43"));
  }

  record Warehouse(WebPubSubServiceClient azure) {

    void request(List<Integer> orders) {
      String numbers = orders.stream().map(String::valueOf).collect(Collectors.joining(", "));
      azure.sendToGroup("order", "pack " + numbers, TEXT_PLAIN);
    }
  }

  @Seeded("payload-too-large")
  void theCustomerSeesTheWholeCatalogue(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    new WholeCatalogue(ServerSdk.client(service.connectionString())).publish(30_000);

    assertThat(alice).within(SOON).receivesTextContaining("article 29999");
  }

  record WholeCatalogue(WebPubSubServiceClient azure) {

    void publish(int articles) {
      azure.sendToAll(
          IntStream.range(0, articles)
              .mapToObj(i -> "article " + i + ": none of these is on sale")
              .collect(Collectors.joining("\n")),
          TEXT_PLAIN);
    }
  }

  @Seeded("closed-by-housekeeping")
  void theCustomerHearsOfTheRefund(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    Jobs jobs = new Jobs(ServerSdk.client(service.connectionString()));

    jobs.night();

    assertThat(alice).within(SOON).receivesText("refunded: 12.00 EUR");
  }

  record Jobs(WebPubSubServiceClient azure) {

    void night() {
      azure.closeAllConnectionsWithResponse(ServerSdk.parameter("reason", "nightly housekeeping"));
      azure.sendToUser("alice", "refunded: 12.00 EUR", TEXT_PLAIN);
    }
  }
}
