package com.example.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Fails on purpose, to show what a failure looks like. Its name keeps it out of builds; {@code
 * -Dtest=FailureDemo} runs it.
 */
@WebPubSubTest
class FailureDemo {

  @BeforeAll
  static void announce() {
    System.out.printf("%nA test that fails on purpose, to show its report:%n%n");
  }

  @Test
  void aliceHearsThatHerOrderHasShipped(
      @Connected(userId = "alice", groups = "orders") PubSubClient alice,
      @Connected(userId = "shop") PubSubClient shop) {

    shop.sendToGroup("orders", "order 41 shipped");
    shop.sendToGroup("orders", "order 42 packed");

    assertThat(alice).receivesText("order 42 shipped");
  }
}
