package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@DisplayName("A fake that is lost")
@Isolated("the next fake tells of it, which must not be that of another test")
class LostFakeTest {

  @Test
  @DisplayName("nothing that runs refers to a fake, so that one that nobody has closed is found")
  void isNotReferredTo() {
    WeakReference<FakeWebPubSub> lost = lost();

    eventually()
        .until(
            () -> {
              System.gc();
              return lost.refersTo(null);
            });
    eventually().until(LostFakeTest::isToldByTheNext);
  }

  private static WeakReference<FakeWebPubSub> lost() {
    FakeWebPubSub service = FakeWebPubSub.start();
    service.reset();
    service.eventHandler("hub").onUserEvent(event -> acknowledge());
    service.connectSimple(asUser("alice")).sendText("x");
    service.faults().request(sendToAll()).answer(503);
    service.clock().freeze();
    return new WeakReference<>(service);
  }

  /** It also closes the lost one. */
  private static boolean isToldByTheNext() {
    try (FakeWebPubSub next = FakeWebPubSub.start()) {
      return next.timeline().contains("a service was never closed");
    }
  }
}
