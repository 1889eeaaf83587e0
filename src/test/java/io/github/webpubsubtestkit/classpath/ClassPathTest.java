package io.github.webpubsubtestkit.classpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What works on every class path. The projects of {@code src/it} compile it, or run it from our
 * test jar, each with other versions beside the kit, and say in system properties what is there.
 */
@WebPubSubTest
@DisplayName("On this class path")
class ClassPathTest {

  record Bid(String item, int amount) {}

  record Dated(Instant at) {}

  /** Whoever writes it hears from it. */
  public static final class Unwritable {
    public int getValue() {
      return List.<Integer>of().get(0);
    }
  }

  @TestFactory
  @DisplayName("there is really")
  @EnabledIfSystemProperty(named = "classpath.jars", matches = "(?s).*=.*")
  Stream<DynamicTest> jars() {
    return Arrays.stream(System.getProperty("classpath.jars").strip().split("\\s+"))
        .map(expected -> expected.split("="))
        .map(
            expected ->
                DynamicTest.dynamicTest(
                    expected[1],
                    () -> assertThat(jarOf(expected[0])).isEqualTo(expected[1] + ".jar")));
  }

  private static String jarOf(String className) throws Exception {
    Class<?> inhabitant = Class.forName(className);
    return Path.of(inhabitant.getProtectionDomain().getCodeSource().getLocation().toURI())
        .getFileName()
        .toString();
  }

  @Test
  @DisplayName("clients are injected, and messages come")
  void clients(
      FakeWebPubSub service,
      @Connected(userId = "alice", groups = "room") PubSubClient alice,
      @Connected(userId = "bob") SimpleClient bob) {
    alice.sendToGroup("room", "hi");
    service.sendToUser("bob", "hello");

    assertThat(alice).receivesMessage().isFromGroup("room").hasText("hi");
    assertThat(bob).receivesText("hello");
    assertThat(bob).receivesNoMessage();
  }

  @Test
  @DisplayName("plain values are JSON")
  void plainValues(FakeWebPubSub service, @Connected PubSubClient alice) {
    service.sendJsonToAll(Map.of("item", "vase"));

    assertThat(alice).receivesJson("{\"item\": \"vase\"}");
    assertThat((Object) alice.messages().get(0).json(Map.class)).isEqualTo(Map.of("item", "vase"));
  }

  @Test
  @DisplayName("a record is JSON, there and back")
  @EnabledIfSystemProperty(named = "classpath.mapper", matches = "Jackson.*")
  void record(FakeWebPubSub service, @Connected PubSubClient alice) {
    service.sendJsonToAll(new Bid("vase", 42));

    assertThat(alice).receivesMessage().hasJson("{\"item\": \"vase\", \"amount\": 42}");
    assertThat(alice.messages().get(0).json(Bid.class)).isEqualTo(new Bid("vase", 42));
  }

  @Test
  @DisplayName("a date is JSON by the mapper's module")
  @EnabledIfSystemProperty(named = "classpath.instant", matches = ".+")
  void date(FakeWebPubSub service, @Connected PubSubClient alice) {
    service.sendJsonToAll(new Dated(Instant.EPOCH));

    assertThat(alice).receivesJson("{\"at\": " + System.getProperty("classpath.instant") + "}");
    assertThat(alice.messages().get(0).json(Dated.class)).isEqualTo(new Dated(Instant.EPOCH));
  }

  @Test
  @DisplayName("a failure names the mapper that failed")
  @EnabledIfSystemProperty(named = "classpath.mapper", matches = "Jackson.*")
  void failure(FakeWebPubSub service) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.sendJsonToAll(new Unwritable()))
        .withMessageStartingWith(System.getProperty("classpath.mapper") + " cannot write this ")
        .withMessageContaining("out of bounds");
  }

  @Test
  @DisplayName("there is no mapper, and an object is told so")
  @EnabledIfSystemProperty(named = "classpath.mapper", matches = "none")
  void noMapper(FakeWebPubSub service, @Connected PubSubClient alice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.sendJsonToAll(new Bid("vase", 42)))
        .withMessageContainingAll(
            "there is no Jackson on the class path",
            "Add jackson-databind, 2.13 or newer, or 3",
            "FakeWebPubSubBuilder.jsonMapper(..)",
            "give the JSON as a String");

    service.sendJsonToAll("{\"item\":\"vase\",\"amount\":42}");
    assertThat(alice).receivesMessage();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alice.messages().get(0).json(Bid.class))
        .withMessageContaining("there is no Jackson on the class path");
  }

  @Test
  @DisplayName("the kit is the module it says it is")
  @EnabledIfSystemProperty(named = "classpath.module", matches = ".+")
  void module() {
    assertThat(FakeWebPubSub.class.getModule().isNamed()).isTrue();
    assertThat(FakeWebPubSub.class.getModule().getName())
        .isEqualTo(System.getProperty("classpath.module"));
  }
}
