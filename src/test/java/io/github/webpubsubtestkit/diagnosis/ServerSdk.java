package io.github.webpubsubtestkit.diagnosis;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.RequestOptions;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;

/** What the applications of this package share of the official server SDK. */
final class ServerSdk {

  private ServerSdk() {}

  static WebPubSubServiceClient client(String connectionString) {
    return client(connectionString, "hub");
  }

  static WebPubSubServiceClient client(String connectionString, String hub) {
    return new WebPubSubServiceClientBuilder()
        .connectionString(connectionString)
        .hub(hub)
        .buildClient();
  }

  static RequestOptions contentType(String type) {
    return new RequestOptions().setHeader(HttpHeaderName.CONTENT_TYPE, type);
  }

  static RequestOptions parameter(String name, String value) {
    return new RequestOptions().addQueryParam(name, value);
  }
}
