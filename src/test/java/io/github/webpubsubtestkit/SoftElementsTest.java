package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import io.github.webpubsubtestkit.client.ClientAssert;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.ReceivedMessage;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.WebPubSubSoftAssertions;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Soft assertions on an element of a list")
class SoftElementsTest {

  private static final List<Function<ClientAssert, AbstractListAssert<?, ?, ?, ?>>> LISTS =
      List.of(
          to -> to.receivesMessages(2).extracting(ReceivedMessage::text),
          to -> to.receivesMessages(2).extracting("text"),
          to -> to.receivesMessages(2).extracting(ReceivedMessage::text, ReceivedMessage::group),
          to -> to.receivesMessages(2).flatExtracting(ReceivedMessage::text),
          to -> to.receivesMessages(2).map(ReceivedMessage::text),
          to -> to.receivesMessagesUntil(Content.text("z")).extracting(ReceivedMessage::text),
          to -> to.receivesMessage().extracting(ReceivedMessage::text, ReceivedMessage::group),
          to -> to.receivesMessages(2).asInstanceOf(list(Object.class)).extracting("text"),
          to ->
              to.receivesMessages(2).map(ReceivedMessage::text).filteredOn(it -> true).map(it -> 1),
          to -> to.receivesMessages(2));

  private static final List<Function<AbstractListAssert<?, ?, ?, ?>, ?>> ELEMENTS =
      List.of(
          AbstractListAssert::first,
          AbstractListAssert::last,
          it -> it.element(1),
          AbstractListAssert::singleElement);

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final WebPubSubSoftAssertions softly = new WebPubSubSoftAssertions();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  @DisplayName("do nothing when the list did not come, whichever way leads to the element")
  void inVain() {
    softly.within(Duration.ZERO);
    for (var list : LISTS) {
      for (var element : ELEMENTS) {
        Object found = element.apply(list.apply(softly.assertThat(service.connect(asUser("a")))));

        assertThat(found).isInstanceOf(ObjectAssert.class);
        ObjectAssert<?> dead = (ObjectAssert<?>) found;
        assertThat(dead.isNotNull().isInstanceOf(String.class)).isSameAs(dead);
      }
    }
    assertThat(softly.assertionErrorsCollected())
        .hasSize(LISTS.size() * ELEMENTS.size())
        .allSatisfy(each -> assertThat(each).hasMessageContaining("[a] expected"));
  }

  @Test
  @DisplayName("do nothing when the list has no such element")
  void noSuchElement() {
    var alice = service.connect(asUser("alice"));
    service.sendToUser("alice", "hi");

    softly
        .assertThat(alice)
        .receivesMessages(1)
        .extracting(ReceivedMessage::text)
        .element(5)
        .isEqualTo("hi");
    softly.assertThat(alice.messages()).extracting(ReceivedMessage::text).first().isEqualTo("hi");

    assertThat(softly.assertionErrorsCollected()).hasSize(1);
  }

  @Test
  @DisplayName("do nothing behind a size that was not asked of anything")
  void behindTheSize() {
    softly.within(Duration.ZERO);

    softly
        .assertThat(service.connect(asUser("alice")))
        .receivesMessages(2)
        .extracting(ReceivedMessage::text)
        .size()
        .isEqualTo(2)
        .returnToIterable()
        .first()
        .isEqualTo("hi");

    assertThat(softly.assertionErrorsCollected()).hasSize(1);
  }
}
