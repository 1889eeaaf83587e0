package io.github.webpubsubtestkit.soak;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One group whose members all get all messages, in the order in which they were sent. */
final class FanOut {

  private static final int MEMBERS = 20;
  private static final int MESSAGES = 200;

  private FanOut() {}

  /** Returns how many messages were received. */
  static long run(FakeWebPubSub service) {
    List<PubSubClient> members = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      members.add(service.connect(asUser("member" + i).groups("room")));
    }
    String[] texts = IntStream.range(0, MESSAGES).mapToObj(i -> "n" + i).toArray(String[]::new);
    for (String text : texts) {
      members.get(0).sendToGroup("room", text);
    }
    for (PubSubClient member : members) {
      assertThat(member).within(Duration.ofMinutes(1)).receivesExactly(texts);
      assertThat(member.messages()).hasSize(MESSAGES);
    }
    return (long) MEMBERS * MESSAGES;
  }
}
