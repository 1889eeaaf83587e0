package io.github.webpubsubtestkit.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTest {

  private final Mailbox mailbox = new Mailbox();
  private final List<String> done = new ArrayList<>();

  @Test
  void doesWhatHasWaitedInOrderUpToTheNextEvent() {
    mailbox.beginWaiting();
    mailbox.defer(() -> done.add("first"));
    mailbox.defer(mailbox::beginWaiting);
    mailbox.defer(() -> done.add("behind the event"));

    mailbox.endWaiting();
    assertThat(done).containsExactly("first");
    assertThat(mailbox.isWaiting()).isTrue();

    mailbox.endWaiting();
    assertThat(done).containsExactly("first", "behind the event");
    assertThat(mailbox.isWaiting()).isFalse();
  }

  @Test
  void doesTheRestWhenSomethingFails() {
    mailbox.beginWaiting();
    mailbox.defer(() -> failing("the first failure"));
    mailbox.defer(() -> done.add("second"));
    mailbox.defer(() -> failing("another failure"));
    mailbox.defer(() -> done.add("last"));

    assertThatIllegalStateException()
        .isThrownBy(mailbox::endWaiting)
        .withMessage("the first failure");

    assertThat(done).containsExactly("second", "last");
    mailbox.beginWaiting();
    mailbox.defer(() -> done.add("next time"));
    mailbox.endWaiting();
    assertThat(done).containsExactly("second", "last", "next time");
  }

  private static void failing(String text) {
    throw new IllegalStateException(text);
  }
}
