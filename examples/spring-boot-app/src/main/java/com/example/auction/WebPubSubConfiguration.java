package com.example.auction;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class WebPubSubConfiguration {

  @Bean
  WebPubSubServiceClient webPubSub(WebPubSubProperties properties) {
    return new WebPubSubServiceClientBuilder()
        .connectionString(properties.connectionString())
        .hub(properties.hub())
        .buildClient();
  }
}
