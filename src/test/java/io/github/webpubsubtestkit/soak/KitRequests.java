package io.github.webpubsubtestkit.soak;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.time.Duration;

/** The kit's own clients, which live on the fake's loop. */
record KitRequests(FakeWebPubSub service, int number) implements RequestLoop {

  @Override
  public void exchange(int pairs) {
    String name = "kit" + number;
    for (int i = 0; i < pairs; ) {
      try (PubSubClient client = service.connect(asUser(name).groups(name))) {
        for (int end = Math.min(pairs, i + PAIRS_PER_CLIENT); i < end; i++) {
          String text = name + "-" + i;
          if (i % 2 == 0) {
            client.sendToGroup(name, text);
          } else {
            service.sendToUser(name, text); // written by this thread and not by the loop
          }
          assertThat(client).within(Duration.ofMinutes(1)).receivesExactly(text);
        }
      }
    }
  }
}
