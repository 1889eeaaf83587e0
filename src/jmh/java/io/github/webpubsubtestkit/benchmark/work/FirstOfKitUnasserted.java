package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;

/** A JVM of its own: a fake, two clients, one message. */
public final class FirstOfKitUnasserted {

  private FirstOfKitUnasserted() {}

  public static void main(String[] args) {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      PubSubClient alice = service.connect(ConnectOptions.asUser("alice").groups("room"));
      PubSubClient bob = service.connect(ConnectOptions.asUser("bob").groups("room"));
      alice.sendToGroup("room", "hi");
      bob.ping(); // its answer comes behind the message
      if (bob.messages().size() == 1) {
        System.out.println(ChildJvm.DONE);
      }
      alice.close();
      bob.close();
    }
  }
}
