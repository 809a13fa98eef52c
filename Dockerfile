# Compiles with the development dependencies; the image that runs gets what came out, and the others.
FROM node:24-bookworm-slim AS build
WORKDIR /gossip
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY bin bin
COPY src src
# A strategy file that does not type-check ends the build here, with file, line and fault.
RUN npm run --silent build && npm prune --omit=dev && rm -rf dist/*.tsbuildinfo
# The library of a report's charts comes in many shapes; `compare --out` takes its modules.
RUN rm -rf node_modules/echarts/dist node_modules/echarts/types node_modules/echarts/i18n node_modules/zrender/dist \
  && find node_modules -name '*.map' -delete

FROM node:24-bookworm-slim
ENV NODE_ENV=production GOSSIP_HOST=0.0.0.0
WORKDIR /gossip
COPY --from=build /gossip/node_modules node_modules
COPY --from=build /gossip/dist dist
COPY --from=build /gossip/src/page/browser/*.html /gossip/src/page/browser/*.css src/page/browser/
COPY --from=build /gossip/bin bin
COPY package.json ./
# For GOSSIP_DATA_DIR=/data, in which each container takes a folder. A volume that is made for it takes its owner over.
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 7000
# Asks the node for its status, without starting a second process of Node's; with TLS on, bash can only see that it
# takes a connection.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${GOSSIP_PORT:-7000} && { [[ -n $GOSSIP_TLS_CERT ]] || { echo '{\"type\":\"status\"}' >&3 && read -rt 2 line <&3 && [[ $line == *'\"type\":\"status\"'* ]]; }; }"]
CMD ["bin/container"]
