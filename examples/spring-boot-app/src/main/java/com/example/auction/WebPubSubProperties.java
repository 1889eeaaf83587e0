package com.example.auction;

import java.net.URI;
import java.util.Arrays;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The Web PubSub resource.
 *
 * @param connectionString as the portal shows it
 * @param hub the hub that this application lives in
 */
@ConfigurationProperties("webpubsub")
public record WebPubSubProperties(String connectionString, String hub) {

  /** The host of the resource, which is the origin of the events that it sends. */
  String host() {
    return URI.create(part("Endpoint")).getHost();
  }

  /** The key that the resource signs events with. */
  String accessKey() {
    return part("AccessKey");
  }

  private String part(String name) {
    return Arrays.stream(connectionString.split(";"))
        .filter(part -> part.startsWith(name + "="))
        .map(part -> part.substring(name.length() + 1))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the connection string has no " + name));
  }
}
