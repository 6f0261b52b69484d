# The server with its profiles and example studies; the SQLite file is on the volume /data.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/FhirTrials.Server -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
COPY profiles profiles
COPY examples examples
RUN mkdir /data && chown "$APP_UID" /data
ENV ConnectionStrings__FhirTrials="Data Source=/data/fhirtrials.db"
VOLUME /data
EXPOSE 8080
USER $APP_UID
ENTRYPOINT ["dotnet", "FhirTrials.Server.dll"]
