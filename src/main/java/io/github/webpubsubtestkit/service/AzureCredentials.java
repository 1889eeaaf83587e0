package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;

/**
 * Credentials for official Java SDKs that authenticate by Microsoft Entra ID.
 *
 * <p>This class needs azure-core, which the SDKs bring along; without it, {@link
 * FakeWebPubSub#entraToken()} gives the same token as text. The SDKs send such a token over TLS
 * only, so the fake must be built with {@link FakeWebPubSubBuilder#https()}, and it accepts the
 * token only with {@link TokenOptions#acceptUnvalidatedEntraTokens}.
 *
 * <pre>{@code
 * FakeWebPubSub service = FakeWebPubSub.builder()
 *     .https()
 *     .tokens(tokens -> tokens.acceptUnvalidatedEntraTokens(true))
 *     .build();
 * WebPubSubServiceClient client = new WebPubSubServiceClientBuilder()
 *     .endpoint(service.endpoint().toString())
 *     .credential(AzureCredentials.of(service))
 *     .httpClient(httpClientThatTrusts(service.certificate()))
 *     .hub("hub")
 *     .buildClient();
 * client.sendToAll("hi", WebPubSubContentType.TEXT_PLAIN);   // passes: 202
 * }</pre>
 *
 * <p>Without the option it fails with 401, and the timeline names the option.
 *
 * @since 0.1
 */
public final class AzureCredentials {

  private static final Duration LIFETIME = Duration.ofHours(1);

  private AzureCredentials() {}

  /**
   * Returns a credential that a fake accepts, for every scope.
   *
   * @param service the fake
   * @return a credential with a new token for each request of one, valid for an hour
   * @since 0.1
   */
  public static TokenCredential of(FakeWebPubSub service) {
    notNull(service, "of", "service");
    return request ->
        Mono.fromSupplier(
            () ->
                new AccessToken(
                    service.entraToken(), OffsetDateTime.now(ZoneOffset.UTC).plus(LIFETIME)));
  }
}
