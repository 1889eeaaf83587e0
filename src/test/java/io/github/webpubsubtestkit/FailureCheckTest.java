package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.handler.EventAnswer.hang;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What goes wrong outside of the assertions")
class FailureCheckTest {

  @Test
  void aCallbackThatThrowsFailsTheTest() {
    TestRun run = TestRun.of(Callbacks.class);
    run.tests().forEach(t -> { System.out.println("== " + t.name()); t.failure().ifPresent(f -> { System.out.println(f.getMessage()); System.out.println("cause " + f.getCause()); for (Throwable x : f.getSuppressed()) System.out.println("supp " + x.getMessage()); }); });
  }

  @WebPubSubTest
  static class Callbacks {
    @Test
    void green(FakeWebPubSub s, @Connected SimpleClient c) {
      s.eventHandler("hub").onUserEvent(e -> { assertThat(e.text()).isEqualTo("expected"); return acknowledge(); });
      c.sendText("something else");
      assertThat(c).receivesNoMessage();
    }
    @Test
    void green2(FakeWebPubSub s) {
      s.eventHandler("hub").onConnected(e -> { throw new AssertionError("boom"); });
      s.connectSimple(asUser("q"));
    }
    @Test
    void green3(FakeWebPubSub s, @Connected SimpleClient c) {
      s.eventHandler("hub").onUserEvent(e -> { assertThat(e.text()).isEqualTo("expected"); return acknowledge(); });
      c.sendText("something else");
    }
    @Test
    void hangs(FakeWebPubSub s, @Connected SimpleClient c) {
      s.eventHandler("hub").onUserEvent(e -> hang());
      c.sendText("something else");
    }
    @Test
    void faults(FakeWebPubSub s) {
      s.faults().request(sendToAll());
      s.faults().request(sendToAll()).answer(503).times(3);
    }
    @Test
    void fails(FakeWebPubSub s) {
      s.faults().request(sendToAll());
      throw new IllegalStateException("on purpose");
    }
    @Test
    void ownClose(FakeWebPubSub s, @Connected SimpleClient c) {
      s.eventHandler("hub").onUserEvent(e -> { c.close(); return acknowledge(); });
      c.sendText("something else");
    }
  }
}
