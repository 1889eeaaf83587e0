package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.HUB;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.rest.Response;
import com.azure.messaging.webpubsub.WebPubSubServiceAsyncClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The official Java SDK over one of its HTTP transports, both its clients side by side. */
record JavaSdk(WebPubSubServiceClient sync, WebPubSubServiceAsyncClient async) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Map<Transport, HttpClient> CLIENTS = new ConcurrentHashMap<>();

  /** What carries the SDK's requests; one client of each kind serves all tests. */
  enum Transport {
    NETTY,
    OKHTTP,
    JDK;

    private HttpClient client() {
      return CLIENTS.computeIfAbsent(
          this,
          transport ->
              switch (transport) {
                case NETTY -> new NettyAsyncHttpClientBuilder().build();
                case OKHTTP -> new OkHttpAsyncHttpClientBuilder().build();
                case JDK -> new JdkHttpClientBuilder().build();
              });
    }

    JavaSdk sdk(String connectionString, HttpPipelinePolicy... policies) {
      WebPubSubServiceClientBuilder builder =
          new WebPubSubServiceClientBuilder()
              .connectionString(connectionString)
              .hub(HUB)
              .httpClient(client());
      for (HttpPipelinePolicy each : policies) {
        builder.addPolicy(each);
      }
      return new JavaSdk(builder.buildClient(), builder.buildAsyncClient());
    }
  }

  /** The same call by both clients; both must get this status. */
  void expect(
      int status,
      Function<WebPubSubServiceClient, Response<?>> call,
      Function<WebPubSubServiceAsyncClient, Mono<? extends Response<?>>> asyncCall) {
    assertThat(call.apply(sync).getStatusCode()).as("synchronous").isEqualTo(status);
    assertThat(await(asyncCall.apply(async)).getStatusCode()).as("asynchronous").isEqualTo(status);
  }

  /** The same question by both clients; both must get this answer. */
  void expectAnswer(
      boolean answer,
      Function<WebPubSubServiceClient, Response<Boolean>> call,
      Function<WebPubSubServiceAsyncClient, Mono<Response<Boolean>>> asyncCall) {
    assertThat(call.apply(sync).getValue()).as("synchronous").isEqualTo(answer);
    assertThat(await(asyncCall.apply(async)).getValue()).as("asynchronous").isEqualTo(answer);
  }

  /** The same call without a result by both clients. */
  void run(
      Consumer<WebPubSubServiceClient> call,
      Function<WebPubSubServiceAsyncClient, Mono<Void>> asyncCall) {
    call.accept(sync);
    asyncCall.apply(async).block(PATIENCE);
  }

  static <T> T await(Mono<? extends T> mono) {
    T value = mono.block(PATIENCE);
    assertThat(value).isNotNull();
    return value;
  }
}
