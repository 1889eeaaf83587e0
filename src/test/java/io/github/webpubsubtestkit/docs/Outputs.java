package io.github.webpubsubtestkit.docs;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.internal.expect.Unstretched;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the kit prints, for the pages to show: messages of failures. */
final class Outputs {

  private static final Map<String, Function<FakeWebPubSub, String>> OUTPUTS =
      Map.of(
          "failed-test", Outputs::failedTest,
          "received-nothing", Outputs::receivedNothing,
          "event-nobody-takes", Outputs::eventNobodyTakes,
          "handshake-without-token", Outputs::handshakeWithoutToken,
          "missing-role", Outputs::missingRole,
          "json-differs", Outputs::jsonDiffers,
          "order-differs", Outputs::orderDiffers,
          "other-client", Outputs::otherClient,
          "request-near-miss", Outputs::requestNearMiss,
          "still-a-member", Outputs::stillAMember);

  private Outputs() {}

  static Set<String> names() {
    return OUTPUTS.keySet();
  }

  static String of(String name) {
    Function<FakeWebPubSub, String> output =
        requireNonNull(OUTPUTS.get(name), () -> "no output " + name);
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      return output.apply(service);
    }
  }

  /** The text with the same times and ids each time, and without blanks at the ends. */
  static String normalized(String text) {
    return Unstretched.text(text.strip())
        .replaceAll("within \\d+ m?s", "within 5 s")
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s")
        .replaceAll("[0-9a-f]{32}", "0")
        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:8080");
  }

  private static String failedTest(FakeWebPubSub service) {
    PubSubClient alice = service.connect(asUser("alice").groups("orders"));
    PubSubClient shop = service.connect(asUser("shop"));
    shop.sendToGroup("orders", "order 41 shipped");
    shop.sendToGroup("orders", "order 42 packed");
    return messageOf(() -> assertThat(alice).within(ofSeconds(1)).receivesText("order 42 shipped"));
  }

  private static String receivedNothing(FakeWebPubSub service) {
    PubSubClient alice = service.connect(asUser("alice").groups("order"));
    service.sendToGroup("orders", "order 42 shipped");
    return messageOf(() -> assertThat(alice).within(ofSeconds(1)).receivesText("order 42 shipped"));
  }

  private static String eventNobodyTakes(FakeWebPubSub service) {
    PubSubClient alice = service.connect(asUser("alice"));
    return messageOf(() -> alice.sendEvent("order", "42"));
  }

  private static String handshakeWithoutToken(FakeWebPubSub service) {
    return messageOf(() -> service.connect(anonymous().withoutToken()));
  }

  private static String missingRole(FakeWebPubSub service) {
    PubSubClient guest = service.connect(asUser("guest").withoutRoles());
    return messageOf(() -> guest.sendToGroup("room", "hi"));
  }

  private static String jsonDiffers(FakeWebPubSub service) {
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendJsonToAll("{\"id\":42,\"state\":\"packed\"}");
    return messageOf(
        () ->
            assertThat(alice)
                .within(ofSeconds(1))
                .receivesJson("{\"id\":42,\"state\":\"shipped\"}"));
  }

  private static String orderDiffers(FakeWebPubSub service) {
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendToAll("packed");
    service.sendToAll("delivered");
    service.sendToAll("shipped");
    service.awaitIdle(); // or the third may come after the failure
    return messageOf(() -> assertThat(alice).receivesExactly("packed", "shipped", "delivered"));
  }

  private static String otherClient(FakeWebPubSub service) {
    PubSubClient alice = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob"));
    service.sendToUser("bob", "order 42 shipped");
    assertThat(bob).receivesText("order 42 shipped");
    return messageOf(() -> assertThat(alice).within(ofSeconds(1)).receivesText("order 42 shipped"));
  }

  private static String requestNearMiss(FakeWebPubSub service) {
    PubSubClient alice = service.connect(asUser("alice"));
    alice.sendToGroup("order", "42");
    return messageOf(
        () ->
            assertThat(service)
                .within(ofSeconds(1))
                .receivesRequest(sendToGroup("orders").fromUser("alice")));
  }

  private static String stillAMember(FakeWebPubSub service) {
    service.connect(asUser("alice").groups("room"));
    return messageOf(() -> assertThat(service).hasNoGroupMember("room", "alice"));
  }

  private static String messageOf(ThrowingCallable failing) {
    return String.valueOf(assertThatThrownBy(failing).actual().getMessage());
  }
}
