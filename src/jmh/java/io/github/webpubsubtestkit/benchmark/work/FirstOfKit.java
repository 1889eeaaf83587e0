package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;

/** A JVM of its own: a fake, two clients, one message, and an assertion that waits for it. */
public final class FirstOfKit {

  private FirstOfKit() {}

  public static void main(String[] args) {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      PubSubClient alice = service.connect(ConnectOptions.asUser("alice").groups("room"));
      PubSubClient bob = service.connect(ConnectOptions.asUser("bob").groups("room"));
      alice.sendToGroup("room", "hi");
      assertThat(bob).receivesText("hi");
      System.out.println(ChildJvm.DONE);
      alice.close();
      bob.close();
    }
  }
}
